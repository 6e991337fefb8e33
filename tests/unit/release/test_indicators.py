"""One definition of each indicator: whole, traced on both sides, and the page written from it current."""

import pytest

from orchestration.figures.indicator_page import PAGE, indicators_page
from orchestration.figures.indicators import SOURCE, indicator_definitions

DEFINITIONS = {item["code"]: item for _, item in indicator_definitions()}


def test_the_page_of_indicators_is_current():
    assert PAGE.read_text(encoding="utf-8") == indicators_page(), "run `python -m orchestration.figures.indicator_page`"


@pytest.mark.parametrize("code", DEFINITIONS)
def test_a_definition_says_what_it_is_made_of(code):
    import yaml

    (model,) = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))["models"]
    meta, item = model["config"]["meta"], DEFINITIONS[code]
    sides = {"numerator", "denominator"} if item["kind"] == "ratio" else {"numerator"}
    assert set(item["trace"]) == sides
    for traced in item["trace"].values():
        assert traced["rows"] in meta["rows"] and traced.get("measure", "sum") in meta["measures"]
    assert item["datasets"]
    assert item.get("maturity") in (None, "3 months", "6 months", "12 months")


def test_only_what_adds_up_over_time_is_a_flow():
    flows = {code for code, item in DEFINITIONS.items() if item.get("flow")}
    assert {DEFINITIONS[code]["kind"] for code in flows} == {"count", "amount"}
    assert not flows & {"advance_outstanding_yuan", "pushes_per_group", "base_senior_person_times"}
