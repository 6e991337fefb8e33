"""What a build decides of the rules across files, told in the feedback of the submissions it concerns.

At a load these rules wait; the answers of standing submissions are brought up to date when a build has judged them. Not here:
the rules (`expectations.across`), how an answer looks (`expectations.feedback`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.across import across_rules
from expectations.model import RuleResult
from orchestration.intake.answer import answer_name
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

ROWS = 200
# where a rule rests on several columns, the one to mark; else the first
MARKED = {
    "person_key": "person_id",
    "skill_level": "skill_level",
    "occupation_code": "occupation_code",
    "examined_on": "examined_on",
}


def tell_decided(connection: duckdb.DuckDBPyConnection, settings: Settings, manifests: Iterable[dict]) -> list[Path]:
    """Rewrite the answers whose rules across files now say something else; the workbooks and JSON files written.

    `connection`: with the schemas lake and control of a build; `manifests`: those that stand.
    """
    results = _results(connection)
    stale = []
    for manifest in manifests:
        found = results.get(manifest["submission_id"], [])
        for file in manifest["files"]:
            target = settings.feedback / manifest["reporting_unit"] / manifest["period"] / answer_name(file)
            if found and target.with_suffix(".json").is_file():
                stale.append((manifest, file, target, found))
    return [path for item in stale for path in _update(connection, settings, *item)]


def _results(connection: duckdb.DuckDBPyConnection) -> dict[str, list[RuleResult]]:
    names = ", ".join(f"'{rule.id}'" for rule in across_rules())
    found: dict[str, list[RuleResult]] = {}
    for identifier, *result in connection.execute(
        f"""SELECT r.submission_id, s.reporting_unit, s.period, r.rule_id, r.severity, r.checked, r.failed, r.state
        FROM control.rule_result r JOIN control.submission s USING (submission_id)
        WHERE s.is_standing AND r.rule_id IN ({names}) ORDER BY ALL"""
    ).fetchall():
        found.setdefault(identifier, []).append(RuleResult(*result))
    return found


def _update(
    connection: duckdb.DuckDBPyConnection, settings: Settings, manifest: dict, file: dict, target: Path, found: list[RuleResult]
) -> list[Path]:  # fmt: skip
    from expectations.feedback import across_of, write_answer, write_json

    answer = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
    told = across_of(found)
    if told == answer["across"]:
        return []
    names, before, failed = {rule.id for rule in across_rules()}, answer["errors"], _failed(answer["across"])
    errors = [error for error in answer["errors"] if not names & set(error["rules"])]
    for rule in (r for r in across_rules() if any(t["rule_id"] == r.id and t["state"] == "failed" for t in told)):
        errors += _offending(connection, rule, manifest["submission_id"], file["file_name"])
    answer |= {"across": told, "errors": errors}
    landed = settings.landing / file["sha256"]
    if before == errors and _failed(told) == failed:
        # a workbook is made again for what there is to do, not for each rule that has passed
        return [write_json(target, answer)]
    return write_answer(target, answer, landed if landed.is_file() else None)


def _failed(across: list[dict]) -> list[dict]:
    return [found for found in across if found["state"] == "failed"]


def _offending(connection: duckdb.DuckDBPyConnection, rule: Any, identifier: str, file_name: str) -> list[dict]:
    """The rows of a file that no row of the other dataset answers to, as errors to check."""
    if not rule.finds:
        return []
    rows = connection.execute(
        f"""SELECT DISTINCT coalesce(r.sheet, ''), r.row_no FROM lake.{rule.dataset} r
        WHERE r.submission_id = ? AND r.file_name = ? AND {rule.given}
          AND NOT EXISTS (SELECT 1 FROM lake.{rule.other} o WHERE {rule.finds}) ORDER BY ALL LIMIT {ROWS}""",
        [identifier, file_name],
    ).fetchall()
    column = MARKED.get(rule.by[-1], rule.by[0])
    blank = {
        "severity": "warn",
        "rules": [rule.id],
        "amount_fen": 0,
        "stake_fen": 0,
        "heads": 0,
        "partners": [],
        "first": None,
    }
    return [{"sheet": sheet, "row_no": row_no, "column": column, **blank} for sheet, row_no in rows]
