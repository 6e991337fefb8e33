"""数据质量: what became of every row received, which rules failed, which rows wait for correction.

Not here: the content of any cell; a row is named by file, sheet and number.
"""

from __future__ import annotations

from dashboards.charts.account import account_bars
from dashboards.charts.style import palette
from dashboards.headers import column_header
from dashboards.pages import quality_answer, quality_files
from dashboards.queries import quality, sources, units
from dashboards.view import Block, Choice, Column, Request, Table, Tile, View
from dashboards.words import Words, number

PATH = "/quality"
NAME = "quality"
NEEDS = ("mart_row_account",)
IN_TABS = True
# Feedback appears with a load, before the next release; a folder changes with every file that comes or is replaced.
LIVES_ON = ("feedback/*", "feedback/*/*", "vault")
COUNTS = ("rows_read", "rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted", "rows_superseded")
# What a page can carry; a bureau with more set-aside rows works from the feedback workbooks.
MOST = 2000


def view(request: Request) -> View:
    """The page over all units of the reader, or over the unit in the address (`u`); with `k` the answer to one file."""
    words, release = request.words, request.release
    if request.address.get("k"):
        return quality_answer.view(request)
    known = sources.units_with_files(release)
    unit = request.address.get("u") if request.address.get("u") in known else ""
    account = quality.account(release, unit or "")
    for row in account:
        dataset = words.known(f"dataset.{row['dataset']}", str(row["dataset"]))
        row |= _stated(row, words) | {"label": words("report.total") if row["is_total"] else dataset}
    total = account[-1]
    parts = [row for row in account if not row["is_total"] and row["rows_quarantined"]]
    parts.sort(key=lambda row: -row["rows_quarantined"])
    failed = quality.failed_rules(release, MOST, unit or "")
    waiting = quality.quarantined(release, MOST, unit or "")
    for row in [*failed, *waiting]:
        row["dataset_label"] = words.known(f"dataset.{row['dataset']}", str(row["dataset"]))
        row["reason_label"] = words.known(f"reason.{row.get('reason')}", str(row.get("reason") or ""))
        row["message"] = words.either(row, "message")
        row["unit_name"] = units.name(release, row.get("reporting_unit") or "", words)
        row["period_label"] = words.period(row.get("period") or "")
        row["yuan"] = quality_files.yuan_of(row.get("amount_fen"))
        row["column_label"] = column_header(row["dataset"], row.get("column_name"), words)
        row["severity_label"] = words.known(f"severity.{row.get('severity')}", str(row.get("severity") or ""))
    passed, checks = release.checks
    blocks = [
        Block("account", words("quality.account.title"), _account_table(account, words),
              account_bars(parts, words("quality.rows_unit"), palette(request.is_dark)) if parts else None,
              words("quality.account.caption") if parts else "")
    ]  # fmt: skip
    if len(known) > 1 and not unit:
        blocks.append(_by_unit(request))
    blocks += quality_files.refused_blocks(request, unit or "")
    blocks += quality_files.feedback_blocks(request, unit or "", MOST)
    if failed:
        blocks.append(Block("rules", words("quality.rules.title"), _rules_table(failed, words)))
    if waiting:
        blocks.append(
            Block(
                "rows", words("quality.rows.title"), _rows_table(waiting, words), description=words("quality.rows.how")
            )
        )
    told, later = quality_files.later_blocks(request, unit or "", MOST)
    return View(
        title=words("quality.title"),
        conclusion=[
            words("quality.sentence.checks", passed=passed, total=checks, release=release.release_id),
            words("quality.sentence.rows", **{name: number(total[name] or 0) for name in COUNTS}),
            *_reasons(request, unit or ""),
            *([words("quality.sentence.failed", count=number(len(failed)))] if failed else []),
            *told,
        ],
        tiles=[
            Tile(words("metadata.checks"), f"{passed}/{checks}", is_good=passed == checks,
                 state=words("quality.all_passed" if passed == checks else "quality.some_failed")),
            *(Tile(words(f"metadata.{name}"), number(total[name] or 0), words("quality.rows_unit")) for name in
              ("rows_read", "rows_accepted", "rows_quarantined")),
        ],
        blocks=[*blocks, *later],
        choices=_choices(request, known, unit or ""),
        note=words("sources.note"),
    )  # fmt: skip


def _reasons(request: Request, unit: str) -> list[str]:
    """What the rows set aside were set aside for, the most frequent reason first."""
    words = request.words
    rows = quality.reasons(request.release, unit)
    if not rows:
        return []
    parts = [
        words(
            "quality.reason_part",
            reason=words.known(f"reason.{row['reason']}", row["reason"]),
            count=number(row["rows"]),
        )
        for row in rows
    ]
    return [words("quality.sentence.reasons", reasons=words("narrative.comma").join(parts))]


def _stated(row: dict, words: Words) -> dict:
    is_balanced = row["is_balanced"] is not False
    return {
        "state": "met" if is_balanced else "missed",
        "state_label": words("quality.balanced" if is_balanced else "quality.unbalanced"),
    }


def _by_unit(request: Request) -> Block:
    words, release = request.words, request.release
    rows = []
    for row in quality.by_unit(release):
        code = row["reporting_unit"]
        name = words("report.total") if row["is_total"] else units.name(release, code, words)
        address = None if row["is_total"] else request.address.with_(u=code)
        rows.append({**row, **_stated(row, words), "label": name, "address": address})
    columns = [Column("label", words("targets.choose_unit"), link="address"), *_account_table(rows, words).columns[1:]]
    return Block("units", words("quality.units.title"), Table(columns, rows, words("metadata.note")))


def _choices(request: Request, known: list[str], unit: str) -> list[Choice]:
    words = request.words
    if len(known) < 2:
        return []
    every = words("reports.all_units")
    options = [(every, request.address.with_(u=None))]
    options += [(units.name(request.release, one, words), request.address.with_(u=one)) for one in known]
    return [Choice(words("targets.choose_unit"), options, units.name(request.release, unit, words) if unit else every)]


def _account_table(rows: list, words: Words) -> Table:
    columns = [
        Column("label", words("metadata.dataset")),
        Column("files", words("quality.files"), "count"),
        *(Column(name, words(f"metadata.{name}"), "count") for name in COUNTS),
        Column("state_label", words("quality.balance"), "state"),
    ]
    return Table(columns, rows, words("metadata.note"))


def _rules_table(rows: list, words: Words) -> Table:
    columns = [
        Column("message", words("quality.message")),
        Column("rule_id", words("quality.rule")),
        Column("severity_label", words("quality.severity")),
        Column("dataset_label", words("metadata.dataset")),
        Column("unit_name", words("targets.choose_unit")),
        Column("period_label", words("metadata.period")),
        Column("file_name", words("metadata.file_name")),
        Column("checked", words("quality.checked"), "count"),
        Column("failed", words("quality.failed"), "count"),
    ]
    return Table(columns, rows)


def _rows_table(rows: list, words: Words) -> Table:
    columns = [
        Column("file_name", words("metadata.file_name")),
        Column("sheet", words("quality.sheet")),
        Column("row_no", words("quality.row_no"), "count"),
        Column("column_label", words("quality.column")),
        Column("reason_label", words("quality.reason")),
        Column("rule_id", words("quality.rule")),
        Column("dataset_label", words("metadata.dataset")),
        Column("yuan", words("quality.yuan"), "yuan"),
    ]
    return Table(columns, rows)
