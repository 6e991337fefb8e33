"""Every indicator, the row account and the faults of the sample bureau against what the generator planted."""

from __future__ import annotations

import math

import pytest

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


def test_every_planted_finding_is_found_and_nothing_else(sampled):
    rows = sampled.query("SELECT rule_id, test, count(*)::INTEGER FROM marts.mart_finding GROUP BY ALL")
    true = {(f["rule_id"], f["test"]): f["count"] for f in sampled.truth["findings"]}
    assert {(rule, test): n for rule, test, n in rows} == true
