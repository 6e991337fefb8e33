"""A desk for tests of scores: published marts given as rows in memory, scored by a scheme with the SQL of the build.

Only the columns that the scoring reads are there. Not here: any expectation.
"""

from __future__ import annotations

import copy
from pathlib import Path

import duckdb

from orchestration.review.score import score
from orchestration.scheme.check import problems
from orchestration.scheme.read import Scheme

MARTS = """
CREATE SCHEMA marts;
CREATE TABLE marts.mart_indicator (indicator_code VARCHAR, reporting_unit VARCHAR, period VARCHAR, dimension VARCHAR,
    member VARCHAR, numerator DOUBLE, denominator DOUBLE, value DOUBLE);
CREATE TABLE marts.mart_review_measure (subject_kind VARCHAR, subject_id VARCHAR, reporting_unit VARCHAR, period VARCHAR,
    measure VARCHAR, numerator DOUBLE, denominator DOUBLE, value DOUBLE);
CREATE TABLE marts.mart_review_case_mix (subject_kind VARCHAR, subject_id VARCHAR, reporting_unit VARCHAR, period VARCHAR,
    indicator_code VARCHAR, expected_value DOUBLE, reference_value DOUBLE, adjusted_value DOUBLE, interval_low DOUBLE,
    interval_high DOUBLE, credibility DOUBLE, shrunk_value DOUBLE);
CREATE TABLE marts.mart_target_progress (reporting_unit VARCHAR, indicator_code VARCHAR, period VARCHAR, breakdown VARCHAR,
    plan_version BIGINT, is_latest_version BOOLEAN, target_value DOUBLE);
CREATE TABLE marts.dim_period AS SELECT unnest(['2020', '2021', '2021Q1']) AS period, unnest(['year', 'year', 'quarter'])
    AS period_kind, true AS is_started;
CREATE TABLE marts.dim_unit (reporting_unit VARCHAR, is_rollup BOOLEAN);
CREATE TABLE marts.dim_institution (institution_id VARCHAR, is_high_skill_base BOOLEAN);
"""
GRADES = [
    {"grade": "good", "label": {"zh": "合格", "en": "passed"}, "from": 60, "consequence": "hold", "reason": "仅供测试",
     "clause": "测试"},
    {"grade": "poor", "label": {"zh": "不合格", "en": "failed"}, "from": 0, "consequence": "cut_quota", "quota_change": -0.2,
     "reason": "仅供测试", "clause": "测试"},
]  # fmt: skip


def line(measure: str, weight: float, **changes: object) -> dict:
    """A line of a scheme: ratio to a target of 1, more is better."""
    plain = {"measure": measure, "weight": weight, "direction": "up", "rule": "ratio", "target": 1, "reason": "仅供测试",
             "clause": "测试"}  # fmt: skip
    return {key: value for key, value in (plain | changes).items() if value is not None}


def scheme(lines: list[dict], kind: str = "district", **changes: object) -> Scheme:
    """A sound scheme of these lines."""
    words = {"zh": "测试方案，不是规定", "en": "a scheme for tests"}
    content = {"scheme": "tried", "jurisdiction": "000000", "title": words, "note": words, "status": "example",
               "indicators": {kind: lines}, "grades": copy.deepcopy(GRADES)} | changes  # fmt: skip
    assert problems(content) == []
    return Scheme(content, "0", Path("tried.yml"))


class Desk:
    """Figures of subjects in memory; `score` answers {(subject, period, indicator): row}."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(MARTS)

    def add(self, table: str, **row: object) -> None:
        """One row of a published mart."""
        values = ", ".join("NULL" if v is None else repr(v) for v in row.values())
        self.connection.execute(f"INSERT INTO marts.{table} ({', '.join(row)}) VALUES ({values})")

    def unit(self, code: str) -> None:
        """A reporting unit, reviewed as a district in 2021."""
        self.add("dim_unit", reporting_unit=code, is_rollup=False)
        self.figure(code, "person_times", 100)

    def figure(
        self, subject: str, code: str, value: float, over: float | None = None, period: str = "2021",
        unit: str | None = None, dimension: str = "institution_id",
    ) -> None:  # fmt: skip
        """A count, or with `over` a ratio value / over, of a unit, or of a member of a dimension of `unit`."""
        own = {"dimension": dimension, "member": subject} if unit else {"dimension": "all", "member": "all"}
        self.connection.execute(f"DELETE FROM marts.mart_indicator WHERE indicator_code = '{code}' AND period = '{period}'"
                                f" AND reporting_unit = '{unit or subject}' AND member = '{own['member']}'")  # fmt: skip
        self.add("mart_indicator", indicator_code=code, reporting_unit=unit or subject, period=period, **own,
                 numerator=value, denominator=over, value=value / over if over else value)  # fmt: skip

    def score(self, tried: Scheme, mart: str = "mart_review") -> dict[tuple[str, str, str], dict]:
        """Rows of a scored mart by subject, period and indicator."""
        score(self.connection, tried)
        cursor = self.connection.execute(f"SELECT * FROM temp.{mart}")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return {(r["subject_id"], r.get("period") or str(r["year"]), r["indicator_code"]): r for r in rows}
