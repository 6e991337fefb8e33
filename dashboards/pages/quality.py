"""数据质量: what became of every row received, which rules failed, which rows wait for correction.

Not here: the content of any cell; a row is named by file, sheet and number.
"""

from __future__ import annotations

from dashboards.charts.account import PARTS, account_bars
from dashboards.charts.style import palette
from dashboards.queries import quality
from dashboards.view import Block, Column, Request, Table, Tile, View
from dashboards.words import Words, number

PATH = "/quality"
NAME = "quality"
NEEDS = ("mart_row_account",)
IN_TABS = True
COUNTS = ("rows_read", "rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted", "rows_superseded")
# What a page can carry; a bureau with more set-aside rows works from the feedback workbooks.
MOST = 2000


def view(request: Request) -> View:
    """The page over all units of the release."""
    words, release = request.words, request.release
    account = quality.account(release)
    for row in account:
        label = (
            words("report.total") if row["is_total"] else words.known(f"dataset.{row['dataset']}", str(row["dataset"]))
        )
        row |= {"label": label, "state": "met" if row["is_balanced"] else "missed"}
        row["state_label"] = words("quality.balanced" if row["is_balanced"] else "quality.unbalanced")
    total = account[-1]
    parts = [row for row in account if not row["is_total"]]
    failed, waiting = quality.failed_rules(release, MOST), quality.quarantined(release, MOST)
    for row in [*failed, *waiting]:
        row["dataset_label"] = words.known(f"dataset.{row['dataset']}", str(row["dataset"]))
        row["reason_label"] = words.known(f"reason.{row.get('reason')}", str(row.get("reason") or ""))
        row["message"] = words.either(row, "message")
        row["severity_label"] = words.known(f"severity.{row.get('severity')}", str(row.get("severity") or ""))
    passed, checks = release.checks
    names = {part: words(f"metadata.{part}") for part in PARTS} | {"axis": words("quality.rows_unit")}
    blocks = [
        Block("account", words("quality.account.title"), _account_table(account, words),
              account_bars(parts, names, palette(request.is_dark)) if parts else None, words("quality.account.caption"))
    ]  # fmt: skip
    if failed:
        blocks.append(Block("rules", words("quality.rules.title"), _rules_table(failed, words)))
    if waiting:
        blocks.append(
            Block(
                "rows", words("quality.rows.title"), _rows_table(waiting, words), description=words("quality.rows.how")
            )
        )
    return View(
        title=words("quality.title"),
        conclusion=[
            words("quality.sentence.checks", passed=passed, total=checks, release=release.release_id),
            words("quality.sentence.rows", **{name: number(total[name]) for name in COUNTS}),
        ],
        tiles=[
            Tile(words("metadata.checks"), f"{passed}/{checks}", is_good=passed == checks,
                 state=words("quality.all_passed" if passed == checks else "quality.some_failed")),
            *(Tile(words(f"metadata.{name}"), number(total[name]), words("quality.rows_unit")) for name in
              ("rows_read", "rows_accepted", "rows_quarantined")),
        ],
        blocks=blocks,
        note=words("sources.note"),
    )  # fmt: skip


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
        Column("reporting_unit", words("targets.choose_unit")),
        Column("period", words("metadata.period")),
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
        Column("column_name", words("quality.column")),
        Column("reason_label", words("quality.reason")),
        Column("rule_id", words("quality.rule")),
        Column("dataset_label", words("metadata.dataset")),
    ]
    return Table(columns, rows)
