"""Published figures in their printed shape: what the sheets say of themselves must hold."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from stdnum.cn import uscc

PUBLISHED = Path(__file__).resolve().parents[3] / "data/sample/published"


def _rows(path, header_row):
    with (PUBLISHED / path).open(encoding="utf-8-sig", newline="") as handle:
        records = list(csv.reader(handle))
    header = records[header_row]
    return [dict(zip(header, record, strict=True)) for record in records[header_row + 1 :]]


@pytest.fixture(scope="module")
def census():
    rows = _rows("000000/2004/就业人员与技能人才统计_第一次全国经济普查.csv", 1)
    return {row["区划"]: row for row in rows if row["截止日期"]}


@pytest.fixture(scope="module")
def claims():
    return [row for row in _rows("141100/2021/补贴申领与拨付_吕梁山护工.csv", 1) if row["申领编号"]]


def test_the_provinces_add_up_to_the_nation(census):
    nation = census.pop("全国")
    assert len(census) == 31
    for header, tolerance in (("就业人员总量（万人）", 0), ("高级（万人）", "0.03"), ("中级（万人）", "0.03")):
        total = sum(Decimal(row[header]) for row in census.values())
        assert abs(total - Decimal(nation[header])) <= Decimal(tolerance)


def test_the_sums_printed_are_the_sums_of_the_grades(census):
    for row in census.values():
        high = sum(Decimal(row[f"{grade}（万人）"]) for grade in ("高级技师", "技师", "高级"))
        assert Decimal(row["高技能人才（万人）"]) == high
        assert Decimal(row["技能劳动者总量（万人）"]) == high + Decimal(row["中级（万人）"])


def test_every_province_has_a_name_of_the_reference(census):
    reference = PUBLISHED.parents[1] / "reference/admin_divisions/provinces.csv"
    with reference.open(encoding="utf-8-sig", newline="") as handle:
        names = [row["name"] for row in csv.DictReader(handle)]
    for region in census:
        assert region == "全国" or sum(name.startswith(region) for name in names) == 1, region


def test_the_subsidy_is_the_rate_times_the_qualified_to_the_fen(claims):
    assert len(claims) == 5
    for row in claims:
        assert Decimal(row["申领金额（万元）"]) * 10_000 == Decimal(row["补贴标准"]) * Decimal(row["申领人数"])


def test_the_codes_filled_in_are_valid_and_of_nobody(claims):
    for row in claims:
        assert uscc.is_valid(row["申领单位代码"])
        assert row["申领单位代码"][2:8] == "509911"
