"""The address carries all state, and nothing that it may not carry."""

from __future__ import annotations

import pytest

from dashboards.address import parse


def test_an_address_reads_back_as_it_was_written():
    text = "/targets?def=person_times&lang=en&size=xl&theme=dark&u=500103&v=20211231-ab12"
    assert str(parse("/targets", text.partition("?")[2])) == text


@pytest.mark.parametrize(
    "search",
    [
        "?lang=fr", "?theme=<script>", "?u=' or 1=1 --", "?v=../../etc", "?def=PERSON", "?p=2021Q5", "?x=1", "?u=" + "9" * 50,
        "?size=", None, 7, {"u": "500103"}, "?%00=%ff",
    ],
)  # fmt: skip
def test_a_value_that_is_not_allowed_is_dropped(search):
    assert parse("/targets", search).query == {}


@pytest.mark.parametrize("path", [None, 5, "", "targets", "http://elsewhere/"])
def test_a_path_that_is_none_is_the_first_page(path):
    assert parse(path, "").path == "/"


def test_the_next_page_keeps_unit_release_and_looks_but_not_the_question_asked():
    here = parse("/drill", "?u=500103&p=2021Q2&k=9150&def=persons&lang=en&v=r1")
    assert str(here.to("/funds")) == "/funds?lang=en&u=500103&v=r1"


def test_the_servers_language_holds_where_the_address_names_none():
    assert parse("/", "", "en").lang == "en"
    assert parse("/", "?lang=zh", "en").lang == "zh"
