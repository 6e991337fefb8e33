"""Blocks of the funds page that follow money from quota to payment, and what still waits.

Not here: the page itself (`pages/funds.py`), SQL (`queries/claims.py`).
"""

from __future__ import annotations

from dashboards.charts.axis import money
from dashboards.charts.stages import stages as stage_chart
from dashboards.charts.style import palette
from dashboards.queries import claims
from dashboards.release import Row
from dashboards.view import Block, Column, Request, Table
from dashboards.words import number

STAGES = ("quota_yuan", "income_yuan", "claimed_yuan", "approved_yuan", "paid_yuan", "waiting_yuan")
# By the ledger, not by claims.
GIVEN = STAGES[:2]
# From here on a clause speaks of arrears (渝人社发〔2021〕12号).
LATE = 181


def waiting(request: Request, unit: str) -> list[Row]:
    """Classes of age of unpaid claims, worded."""
    words, rows = request.words, claims.ageing(request.release, unit)
    for row in rows:
        last = row["last_day"]
        key = "funds.ageing.between" if last is not None else "funds.ageing.over"
        row["label"] = words(key, first=row["first_day"], last=last, days=row["first_day"] - 1)
        row["value"], row["text"] = row["waiting_yuan"], number(row["waiting_yuan"], "yuan")
        row["is_late"] = row["first_day"] >= LATE and row["claims"] > 0
        row["state"] = "missed" if row["is_late"] else "met"
        row["state_label"] = words("funds.ageing.late" if row["is_late"] else "funds.ageing.fine")
    return rows


def blocks(request: Request, unit: str, year: str) -> list[Block]:
    """The stages of the year's money and the ageing of unpaid claims, where the release has claims."""
    words, found = request.words, []
    sums = claims.stages(request.release, unit, year)
    total = next((row for row in sums if row["is_total"]), None)
    if total and total["claims"]:
        found.append(_stages(request, year, sums))
    rows = waiting(request, unit)
    if any(row["claims"] for row in rows):
        columns = [
            Column("label", words("funds.ageing.age")),
            Column("claims", words("funds.ageing.claims"), "count"),
            Column("waiting_yuan", words("funds.stage.waiting_yuan"), "yuan"),
            Column("state_label", words("targets.column.state"), "state"),
        ]
        axis = money(words, float(max(row["value"] for row in rows)))
        figure = stage_chart(rows, palette(request.is_dark), axis)
        found.append(
            Block("ageing", words("funds.ageing.title", date=request.release.data_date),
                  Table(columns, rows, words("targets.table_caption")), figure, words("funds.ageing.caption"))
        )  # fmt: skip
    return found


def _stages(request: Request, year: str, sums: list[Row]) -> Block:
    words = request.words
    rows = [
        {**row, "label": words("report.total") if row["is_total"] else words.member("fund_source", row["fund_source"])}
        for row in sums
    ]
    whole = rows[-1]
    # What a release has no quota for is not drawn as a quota of nought.
    bars = [
        {"label": words(f"funds.stage.{stage}"), "value": whole[stage] or 0, "text": number(whole[stage] or 0, "yuan"),
         "is_given": stage in GIVEN, "is_apart": stage == "waiting_yuan"}
        for stage in STAGES if stage not in GIVEN or whole[stage]
    ]  # fmt: skip
    columns = [Column("label", words("funds.column.fund"))]
    columns += [Column(stage, words(f"funds.stage.{stage}"), "yuan") for stage in STAGES]
    columns.insert(3, Column("claims", words("funds.ageing.claims"), "count"))
    axis = money(words, float(max(bar["value"] for bar in bars)))
    return Block(
        "flow",
        words("funds.stage.title", period=words.period(year)),
        Table(columns, rows, words("funds.stage.table")),
        stage_chart(bars, palette(request.is_dark), axis),
        words("funds.stage.caption"),
    )
