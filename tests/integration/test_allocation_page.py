"""The page on allocation: the mart's rows as they are, and what-if by the same formula."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboards.address import parse
from dashboards.pages import allocation as page
from dashboards.queries import allocation
from dashboards.release import Releases
from dashboards.sliders import _asked, outcome, trial
from dashboards.view import Request
from dashboards.words import Words


@pytest.fixture(scope="module")
def release(bureau):
    return Releases(bureau.settings.home).get()


@pytest.fixture(scope="module")
def pot(release):
    return allocation.pots(release)[0]


def view(release, bureau, search="", lang="zh"):
    return page.view(Request(release, parse("/allocation", search, lang), Words(lang), bureau.settings.home))


def test_the_page_shows_the_newest_year_with_its_blocks(release, bureau):
    for lang in ("zh", "en"):
        shown = view(release, bureau, lang=lang)
        assert [block.name for block in shown.blocks] == ["proposal", "scores", "reasons"]
        assert "2022" in shown.title and len(shown.tiles) == 3 and shown.parts


def test_the_total_is_that_of_the_rows(release, bureau):
    *rows, total = view(release, bureau).blocks[0].table.rows
    assert total["proposed_yuan"] == sum(row["proposed_yuan"] for row in rows)


def test_trying_what_is_proposed_changes_nothing(release, pot):
    tried = trial(parse("/allocation", ""), allocation.factors(release, pot["pot_key"]), pot["pool_yuan"])
    rows = allocation.what_if(
        release, pot["pot_key"], tried.weights, tried.floor, tried.cap, int(pot["pool_yuan"] * 100)
    )
    assert rows and {row["change_yuan"] for row in rows} == {Decimal(0)}


def test_what_is_tried_comes_to_the_money_and_stands_in_the_address(release, bureau, pot):
    search = "?w=base-40_task-20_performance-60_difficulty-0_floor-0.5_cap-2_pool-1000000"
    block = next(block for block in view(release, bureau, search).blocks if block.name == "try")
    assert block.table.rows[-1]["tried_yuan"] == Decimal(1_000_000)
    tried = trial(parse("/allocation", search), allocation.factors(release, pot["pot_key"]), pot["pool_yuan"])
    assert f"?w={tried.text}" == search
    assert sum(row["tried_yuan"] for row in outcome(release, pot, tried) if not row["is_total"]) == Decimal(1_000_000)


@pytest.mark.parametrize(
    ("weights", "bounds", "pool"),
    [(["x"], [0.7, 1.5], 1), ([101], [0.7, 1.5], 1), ([0], [0.7, 1.5], 1), ([40], [2, 1.5], 1), ([40], [0.7], 1),
     ([40], [0.7, 1.5], -1), ([40], [0.7, 1.5], 10**13), (None, None, None)],
)  # fmt: skip
def test_what_no_slider_sends_is_no_trial(weights, bounds, pool):
    assert _asked(weights, bounds, pool, [{"try": "base"}]) is None


def test_no_other_factor_than_those_known_reaches_a_statement():
    assert _asked([1], [0.7, 1.5], 1, [{"try": "1 then 1 end--"}]) is None
