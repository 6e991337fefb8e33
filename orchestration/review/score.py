"""The review of a year or quarter, read from a release: the scheme it was built with, or another one computed in memory.

Another scheme runs the same SQL as the build, the models named in `SCORING`, over the same published marts; nothing is written.
Not here: what a score is (`dbt_project/models`), schemes (`scheme/read.py`), printing (`commands/review.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orchestration.errors import SkillhouseError, UsageError
from orchestration.query import connect, has_table, literal, records
from orchestration.release.publish import resolve
from orchestration.scheme.read import Scheme, find_scheme, load_schemes, write_schemes
from orchestration.settings import PROJECT, Settings

MODELS = PROJECT / "dbt_project" / "models"
# what turns published figures into scores, in order; plain SQL but for ref and source, so that it runs without dbt
SCORING = (
    "int_review_figure", "int_review_line", "int_review_point", "mart_review", "int_review_stability", "mart_review_negotiated",
)  # fmt: skip
KINDS = ("district", "institution", "base", "project_class")
REFERENCE = re.compile(r"\{\{\s*(?:ref\('(\w+)'\)|source\('given',\s*'(\w+)'\))\s*\}\}")

SUBJECTS = """
SELECT r.subject_kind, r.subject_id, r.reporting_unit, r.scheme,
    coalesce(if(r.subject_kind = 'district', u.unit_name, i.institution_name), r.subject_id) AS name,
    any_value(r.total_score)::DOUBLE AS total_score, any_value(r.covered_weight)::DOUBLE AS covered_weight,
    any_value(r.rank) AS rank, any_value(r.peer_count) AS peer_count, any_value(r.last_year_score)::DOUBLE AS last_year_score,
    any_value(r.grade) AS grade, any_value(r.grade_zh) AS grade_zh, any_value(r.grade_en) AS grade_en,
    any_value(r.consequence) AS consequence, any_value(r.quota_change)::DOUBLE AS quota_change,
    list({'line_no': line_no, 'indicator_code': indicator_code, 'level1': level1, 'level2': level2, 'label_zh': label_zh,
        'label_en': label_en, 'clause': clause, 'rule': rule, 'basis': basis, 'direction': direction, 'numerator': numerator,
        'denominator': denominator, 'raw_value': raw_value, 'expected_value': expected_value,
        'reference_value': reference_value, 'adjusted_value': adjusted_value, 'shrunk_value': shrunk_value,
        'interval_low': interval_low, 'interval_high': interval_high, 'scored_value': scored_value,
        'target_value': target_value, 'verdict': verdict, 'is_scored': is_scored, 'weight': weight::DOUBLE,
        'scored_weight': scored_weight::DOUBLE, 'score': score::DOUBLE, 'indicator_rank': indicator_rank}
        ORDER BY line_no) AS lines
FROM {review} AS r
LEFT JOIN marts.dim_unit AS u ON u.reporting_unit = r.reporting_unit
LEFT JOIN marts.dim_institution AS i ON i.institution_id = r.subject_id
WHERE r.period = ? AND r.subject_kind IN ({kinds}) {where}
GROUP BY r.subject_kind, r.subject_id, r.reporting_unit, r.scheme, u.unit_name, i.institution_name
ORDER BY r.subject_kind, r.reporting_unit, rank NULLS LAST, total_score DESC NULLS LAST, r.subject_id
"""
CHECKS = """
SELECT c.*, coalesce(i.institution_name, u.unit_name, c.subject_id) AS name
FROM marts.mart_review_check AS c
LEFT JOIN marts.dim_institution AS i ON i.institution_id = c.subject_id
LEFT JOIN marts.dim_unit AS u ON u.reporting_unit = c.subject_id
WHERE c.year = ? AND c.is_raised {where}
ORDER BY c.check_code, c.measured_value DESC, c.subject_id
"""
UNSTABLE = """
SELECT 'rank_stability' AS check_code, s.subject_kind, s.subject_id, s.reporting_unit, s.year,
    s.places_moved / nullif(s.peer_count, 0) AS measured_value, c.threshold,
    s.peer_count AS case_count, c.clause, true AS is_raised,
    {'places_moved': s.places_moved, 'line_no': s.varied_no} AS evidence,
    coalesce(i.institution_name, u.unit_name, s.subject_id) AS name
FROM temp.int_review_stability AS s
JOIN temp.review_check AS c ON c.code = 'rank_stability'
LEFT JOIN marts.dim_institution AS i ON i.institution_id = s.subject_id
LEFT JOIN marts.dim_unit AS u ON u.reporting_unit = s.subject_id
WHERE s.year = ? AND s.peer_count >= c.minimum_count AND s.places_moved >= 2
    AND s.places_moved / s.peer_count >= c.threshold {where}
ORDER BY measured_value DESC, s.subject_id
"""
NEGOTIATED = """
SELECT n.*, coalesce(i.institution_name, u.unit_name, n.subject_id) AS name
FROM {negotiated} AS n
LEFT JOIN marts.dim_institution AS i ON i.institution_id = n.subject_id
LEFT JOIN marts.dim_unit AS u ON u.reporting_unit = n.subject_id
WHERE n.year = ? AND n.scheme = ? AND n.subject_kind IN ({kinds}) {where}
ORDER BY n.subject_kind, n.reporting_unit, n.subject_id, n.line_no
"""


class ReviewError(SkillhouseError):
    """A review that the release cannot give."""


def review(
    settings: Settings, year: int, *, scheme: str | None = None, unit: str | None = None, quarter: int | None = None,
    kinds: Sequence[str] = KINDS, release: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Subjects with their lines, checks raised and the scheme, of one year or quarter. ReviewError where nothing was reviewed.

    `scheme`: path of a scheme file or name of a shipped one; none is the one each unit was built with.
    """
    period = f"{year}Q{quarter}" if quarter else str(year)
    if wrong := [kind for kind in kinds if kind not in KINDS]:
        raise UsageError(
            f"没有对象 {wrong[0]}：可选 {'、'.join(KINDS)}。", f"no kind {wrong[0]}: use {', '.join(KINDS)}."
        )
    chosen = find_scheme(scheme) if scheme else None
    connection = connect(settings, release)
    try:
        if not has_table(connection, "mart_review_case_mix"):
            raise ReviewError(
                "该版本没有绩效评价数据：请运行 skillhouse build 生成新版本。",
                "this release holds no review; run `skillhouse build`.",
            )
        if chosen:
            score(connection, chosen)
        found = {"release_id": resolve(settings, release).resolve().parent.name}
        found |= _read(connection, chosen, period, unit, kinds)
    finally:
        connection.close()
    if not found["subjects"] and not found["negotiated"]:
        raise ReviewError(
            f"{period} 没有可评价的数据{f'（单位 {unit}）' if unit else ''}。{_periods(found['periods'])}",
            f"nothing to review in {period}{f' for {unit}' if unit else ''}; periods: {', '.join(found['periods'])}.",
        )
    return found


def _periods(periods: list[str]) -> str:
    return f"本版本可评价的期间：{'、'.join(periods)}。" if periods else "请先装入开班与花名册数据并 build。"


def score(connection: Any, scheme: Scheme) -> None:
    """Score every unit of a release by one scheme: the models of `SCORING` as temporary tables of the connection."""
    write_schemes(connection, [scheme], schema="temp")
    # the user has chosen the scheme, so it holds wherever the release has figures
    connection.execute("UPDATE temp.scheme SET prefix = ''")
    connection.execute(
        f"CREATE TEMP TABLE int_review_scheme AS SELECT reporting_unit, {literal(scheme.name)} AS scheme"
        " FROM marts.dim_unit WHERE NOT is_rollup"
    )
    computed = {*SCORING, "int_review_scheme"}
    for model in SCORING:
        connection.execute(f"CREATE TEMP TABLE {model} AS {scoring_sql(model, computed)}")


def scoring_sql(model: str, computed: set[str], published: str = "marts") -> str:
    """The SQL of a scoring model with its references put in: what is computed here is temporary, the rest published."""
    (path,) = MODELS.rglob(f"{model}.sql")

    def place(found: re.Match[str]) -> str:
        name = found.group(1)
        return f"temp.{name or found.group(2)}" if name is None or name in computed else f"{published}.{name}"

    return REFERENCE.sub(place, path.read_text(encoding="utf-8"))


def _read(
    connection: Any, chosen: Scheme | None, period: str, unit: str | None, kinds: Sequence[str]
) -> dict[str, Any]:
    where = f"AND {{}}.reporting_unit = {literal(unit)}" if unit else ""
    listed = ", ".join(map(literal, kinds))
    mart, negotiated = (
        ("temp.mart_review", "temp.mart_review_negotiated")
        if chosen
        else ("marts.mart_review", "marts.mart_review_negotiated")
    )
    sql = SUBJECTS.replace("{review}", mart).replace("{kinds}", listed).replace("{where}", where.format("r"))
    subjects = records(connection, sql, [period])
    names = {row["scheme"] for row in subjects} | ({chosen.name} if chosen else set())
    schemes = [chosen] if chosen else [s for s in load_schemes() if s.name in names]
    chain: list[dict[str, Any]] = []
    if chosen and chosen.content.get("method") == "negotiated_level" and len(period) == 4:
        sql = (
            NEGOTIATED.replace("{negotiated}", negotiated)
            .replace("{kinds}", listed)
            .replace("{where}", where.format("n"))
        )
        chain = records(connection, sql, [int(period), chosen.name])
    checks: list[dict[str, Any]] = []
    if len(period) == 4:
        checks = records(connection, CHECKS.replace("{where}", where.format("c")), [int(period)])
        if chosen:
            # how ranks move depends on the scheme, so the one asked about is looked at, not the one of the build
            checks = [check for check in checks if check["check_code"] != "rank_stability"]
            checks += records(connection, UNSTABLE.replace("{where}", where.format("s")), [int(period)])
    checks.sort(
        key=lambda check: (
            check["check_code"],
            -check["measured_value"],
            check["subject_id"],
            check["reporting_unit"] or "",
        )
    )
    for check in checks:
        check["evidence"] = json.loads(check["evidence"]) if isinstance(check["evidence"], str) else check["evidence"]
    return {
        "period": period,
        "schemes": [_head(item) for item in schemes],
        "subjects": subjects,
        "negotiated": chain,
        "checks": checks,
        "periods": [
            row["period"] for row in records(connection, f"SELECT DISTINCT period FROM {mart} ORDER BY period")
        ],
    }


def _head(scheme: Scheme) -> dict[str, Any]:
    kept = ("scheme", "jurisdiction", "title", "status", "method", "note")
    return {key: scheme.content.get(key) for key in kept} | {"sha256": scheme.sha256, "file": Path(scheme.path).name}
