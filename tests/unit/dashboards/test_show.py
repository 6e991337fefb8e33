"""What is kept of a filled page: made once however many ask, never of a failure, anew when its places in the home change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from dashboards.pages import PAGES, quality, targets
from dashboards.show import KEPT_VIEWS, Views, state


def test_many_who_ask_at_once_get_what_one_has_made():
    views, made, may_go = Views(), [], Event()

    def make() -> str:
        may_go.wait(5)
        made.append(1)
        return "page"

    with ThreadPoolExecutor(5) as readers:
        asked = [readers.submit(views.kept, ("q",), make) for _ in range(5)]
        may_go.set()
        assert [one.result() for one in asked] == ["page"] * 5
    assert made == [1]


def test_a_failure_is_told_and_not_kept():
    views = Views()
    with pytest.raises(ValueError, match="no"):
        views.kept(("q",), lambda: int("no"))
    assert views.kept(("q",), lambda: 1) == 1


def test_what_nobody_asked_for_lately_goes_first():
    views = Views()
    for number in range(KEPT_VIEWS):
        views.kept((number,), lambda: "first")
    views.kept((0,), lambda: "again")
    views.kept((KEPT_VIEWS,), lambda: "new")
    assert views.kept((0,), lambda: "again") == "first"
    assert views.kept((1,), lambda: "again") == "again"


def test_a_page_that_shows_places_of_the_home_is_made_anew_when_a_file_comes(tmp_path):
    folder = tmp_path / "feedback" / "500103" / "2021Q2"
    folder.mkdir(parents=True)
    before = state(quality, tmp_path)
    assert before == state(quality, tmp_path) and state(targets, tmp_path) == ()
    (folder / "claims-1.反馈.json").write_text("{}")
    assert state(quality, tmp_path) != before


def test_a_page_names_the_places_that_it_reads_in_the_home():
    named = {page.NAME for page in PAGES if getattr(page, "LIVES_ON", ())}
    assert named == {"quality", "reports"}
