"""The demonstration: three years of a synthetic bureau, from exports to a published release and its reports.

Not here: making the sample, loading, building, reporting; each is called as a user would call it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from orchestration.errors import SkillhouseError
from orchestration.settings import Settings

UNIT = "500103"
# (kind, period, formats) of what is written at the end; PDF apart, since it needs a library of the system.
REPORTS = (
    ("annual", "2021", ["xlsx", "docx", "html"]),
    ("annual", "2021", ["pdf"]),
    ("quarterly", "2021Q4", ["xlsx"]),
)
Progress = Callable[[str, int, int], None]
Notice = Callable[[str, str], None]


class DemoRefused(SkillhouseError):
    """The home holds data that is not the demonstration's."""


def run_demo(settings: Settings, *, people: int, seed: int, progress: Progress, notice: Notice) -> dict[str, Any]:
    """Sample, load, build, report; what the summary shows. DemoRefused if the home holds other data."""
    from orchestration.intake.submission import manifests
    from orchestration.jobs import run_build, run_load
    from orchestration.sample import write_sample

    exports = settings.home / "demo"
    if not exports.exists() and manifests(settings):
        raise DemoRefused(
            f"{settings.home} 已有报送数据，演示不会混入：请另设 SKILLHOUSE_HOME 再运行。",
            f"{settings.home} holds submissions; the demo will not mix with them: set SKILLHOUSE_HOME elsewhere.",
        )
    notice(f"1/4 生成样例：{people} 人次", f"1/4 sample: {people} person-times")
    shutil.rmtree(exports, ignore_errors=True)
    exports.mkdir(parents=True, mode=0o700)
    truth = settings.home / "demo-truth.json"
    write_sample(exports, people=people, unit=UNIT, dirt="real", seed=seed, truth=truth)
    files = sum(1 for path in exports.rglob("*") if path.is_file())
    notice(f"2/4 装载 {files} 个文件", f"2/4 load {files} files")
    report = run_load(settings, [str(exports)], progress=progress)
    notice("3/4 计算、审计、发布", "3/4 build, audit, publish")
    identity = run_build(settings, progress=progress)
    notice("4/4 报表", "4/4 report")
    written = _reports(settings, notice)
    verdicts: dict[str, int] = {}
    for file in report.files:
        verdicts[file["verdict"]] = verdicts.get(file["verdict"], 0) + 1
    planted = json.loads(truth.read_text(encoding="utf-8"))["findings"]
    return summary(settings, identity, planted) | {
        "truth": str(truth),
        "files": files,
        "verdicts": dict(sorted(verdicts.items())),
        "exports": str(exports),
        "reports": [str(path) for path in written],
    }


def _reports(settings: Settings, notice: Notice) -> list[Path]:
    """Write the reports; a format that this machine cannot write is told, and the demonstration stands."""
    from dashboards.reports import write_report
    from dashboards.reports.content import ReportError

    written: list[Path] = []
    for kind, period, formats in REPORTS:
        try:
            written += write_report(
                settings.home, kind, period, UNIT, formats, settings.home / "reports", lang=settings["lang"]
            )
        except ReportError as error:
            notice(error.zh, error.en)
    return written


def summary(settings: Settings, identity: str, planted: list[dict[str, Any]]) -> dict[str, Any]:
    """Targets against actuals, the row account and the findings of a release by rule, read from its marts.

    `planted`: findings as the truth of the sample tells them; `findings_as_planted` says whether both are the same.
    """
    from orchestration.query import connect, has_table, records

    connection = connect(settings, identity)
    try:
        targets = records(connection, TARGETS, [UNIT])
        account = records(connection, ACCOUNT)[0]
        found = records(connection, FINDINGS) if has_table(connection, "mart_finding") else []
    finally:
        connection.close()
    return {
        "release_id": identity,
        "warehouse": str(settings.current / "warehouse.duckdb"),
        "targets": targets,
        "row_account": account,
        "findings": found,
        "planted": planted,
        "findings_as_planted": differences(found, planted) == [],
    }


def differences(found: list[dict[str, Any]], planted: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(rule, test) of what was not found as planted: missed, a false alarm, or other in number, persons or yuan."""
    sides = [
        {(row["rule_id"], row["test"]): tuple(row[name] for name in names) for row in rows}
        for rows, names in ((found, ("findings", "heads", "amount_yuan")), (planted, ("count", "heads", "yuan")))
    ]
    return sorted(key for key in sides[0].keys() | sides[1].keys() if sides[0].get(key) != sides[1].get(key))


TARGETS = """
SELECT t.indicator_code, d.label_zh, d.label_en, t.period, t.breakdown, t.comparator, t.target_value, t.actual_value,
    t.completion_ratio, t.is_met, d.unit_of_measure
FROM marts.mart_target_progress AS t
LEFT JOIN marts.mart_indicator_definition AS d USING (indicator_code)
WHERE t.reporting_unit = ?
ORDER BY t.indicator_code, length(t.period), t.period, t.breakdown
"""
ACCOUNT = """
SELECT count(*) AS files, sum(rows_read)::BIGINT AS rows_read, sum(rows_not_data)::BIGINT AS rows_not_data,
    sum(rows_duplicate)::BIGINT AS rows_duplicate, sum(rows_quarantined)::BIGINT AS rows_quarantined,
    sum(rows_accepted)::BIGINT AS rows_accepted, sum(rows_superseded)::BIGINT AS rows_superseded
FROM marts.mart_row_account
"""
FINDINGS = """
SELECT f.rule_id, f.test, f.severity, any_value(r.title_zh) AS title_zh, any_value(r.title_en) AS title_en,
    count(*) AS findings, count(DISTINCT f.person_key) AS heads, sum(f.amount_yuan)::DECIMAL(18, 2) AS amount_yuan
FROM marts.mart_finding AS f
LEFT JOIN marts.mart_policy_rule AS r ON (r.rule_id, r.test, r.jurisdiction) = (f.rule_id, f.test, f.jurisdiction)
GROUP BY f.rule_id, f.test, f.severity ORDER BY f.severity, f.rule_id, f.test
"""
