"""Every indicator, the row account and the faults of the sample bureau against what the generator planted."""

from __future__ import annotations

import math

import pytest

from orchestration import demo
from tests.integration.conftest import make_bureau

KEY = "indicator_code, reporting_unit, period, dimension, member"


@pytest.fixture(scope="module", params=[11, 12, 13])
def sampled(request, bureau, tmp_path_factory):
    """Three bureaus of different seeds; the first is the one that the other tests use."""
    return bureau if request.param == 11 else make_bureau(tmp_path_factory.mktemp("seed"), request.param)


def same(found, true) -> bool:
    """Equal numbers, both absent, or equal to the last bits of a double."""
    if found is None or true is None:
        return found is None and true is None
    return math.isclose(found, float(true), rel_tol=1e-9, abs_tol=1e-9)


def test_every_indicator_equals_the_truth(sampled):
    rows = sampled.query(f"SELECT {KEY}, value::DOUBLE FROM marts.mart_indicator")
    found = {row[:5]: row[5] for row in rows}
    wrong = []
    for true in sampled.truth["indicators"]:
        key = tuple(true[name.strip()] for name in KEY.split(","))
        # a member that does not occur has no row
        absent = key not in found and key[3] != "all" and not true["value"]
        if not absent and not (key in found and same(found[key], true["value"])):
            wrong.append((key, found.get(key), true["value"]))
    assert wrong == []
    assert len({t["indicator_code"] for t in sampled.truth["indicators"]}) >= 30


def place(path: str) -> str:
    """The path of an export from its unit on."""
    return path[path.index("500103/") :]


def test_the_row_account_of_every_file_equals_the_truth(sampled):
    names = ("rows_read", "rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted")
    told = {
        (place(f["path"]), f["dataset"]): [f[name] for name in names] for f in sampled.report.files
        if f["verdict"] != "unchanged"
    }  # fmt: skip
    true = {
        (row["path"], row["dataset"]): [row[name.removeprefix("rows_")] if name != "rows_read" else row[name] for name in names]
        for row in sampled.truth["rows"] if row["verdict"] != "unchanged"
    }  # fmt: skip
    assert told == true


def test_every_planted_fault_is_quarantined_and_nothing_else(sampled):
    found = {(place(f["path"]), r["sheet"] or "", r["row_no"]) for f in sampled.report.files for r in f["reasons"]}
    true = {(f["path"], f["sheet"] or "", f["row_no"]) for f in sampled.truth["faults"]}
    assert found == true


def test_the_demonstration_says_that_what_it_found_was_planted(sampled):
    told = demo.summary(sampled.settings, sampled.release_id, sampled.truth["findings"])
    assert told["findings_as_planted"]
    first, *rest = sampled.truth["findings"]
    for other in ([first | {"yuan": "0.01"}, *rest], rest, [first | {"heads": first["heads"] + 1}, *rest]):
        assert demo.differences(told["findings"], other) == [(first["rule_id"], first["test"])]


def test_every_planted_finding_is_found_and_nothing_else(sampled):
    """By rule and test: how many, how many persons named, what money is at stake, and about what."""
    rows = sampled.query(
        "SELECT rule_id, test, count(*)::INTEGER, count(DISTINCT person_key)::INTEGER, sum(amount_yuan)::VARCHAR"
        " FROM marts.mart_finding GROUP BY ALL"
    )
    assert {(rule, test): rest for rule, test, *rest in rows} == {
        (f["rule_id"], f["test"]): [f["count"], f["heads"], f["yuan"]] for f in sampled.truth["findings"]
    }
    subjects = sampled.query(
        "SELECT rule_id, test, list(DISTINCT subject ORDER BY subject) FROM (SELECT rule_id, test, CASE"
        " WHEN subject_kind IN ('training', 'class') THEN class_id WHEN subject_kind = 'claim' THEN claim_id"
        " WHEN subject_kind = 'ledger_line' THEN claim_id WHEN subject_kind = 'unit' THEN reporting_unit"
        " ELSE coalesce(institution_id, employer_id) || ' ' || left(period, 4) END AS subject FROM marts.mart_finding)"
        " WHERE test <> 'ledger_claim_missing' GROUP BY ALL"
    )
    told = {(f["rule_id"], f["test"]): sorted(set(f["subjects"])) for f in sampled.truth["findings"]}
    # lines without a claim have nothing to be named by but their month
    del told["YZ2019-13b", "ledger_claim_missing"]
    assert {(rule, test): found for rule, test, found in subjects} == told
