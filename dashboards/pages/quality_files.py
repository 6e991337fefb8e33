"""Blocks of the quality page by file: feedback and what mending it is worth, rules that wait, rows that came back.

Not here: SQL, the answer to one file (`quality_answer.py`).
"""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import quote

from dashboards import feedback
from dashboards.queries import quality, units
from dashboards.view import Block, Column, Request, Row, Table
from dashboards.words import number


def yuan_of(fen: int | None) -> Decimal | None:
    """Fen as yuan."""
    return None if fen is None else Decimal(fen).scaleb(-2)


def feedback_blocks(request: Request, unit: str, most: int) -> list[Block]:
    """Files with rows set aside, those first whose mending brings back most money, then most heads."""
    words = request.words
    rows = quality.files_set_aside(request.release, unit, most)
    if not rows:
        return []
    _name(request, rows)
    _answers(request, rows)
    rows.sort(key=lambda row: (-(row.get("fen") or 0), -(row.get("heads") or 0)))
    columns = [
        Column("file_name", words("metadata.file_name"), link="address"),
        Column("unit_name", words("targets.choose_unit")),
        Column("period_label", words("metadata.period")),
        Column("dataset_label", words("metadata.dataset")),
        Column("rows_read", words("metadata.rows_read"), "count"),
        Column("rows_quarantined", words("metadata.rows_quarantined"), "count"),
        Column("yuan", words("quality.yuan"), "yuan"),
        Column("heads", words("quality.heads"), "count"),
        Column("feedback", words("quality.feedback.workbook"), "file"),
    ]
    how = words("quality.feedback.how")
    return [Block("feedback", words("quality.feedback.title"), Table(columns, rows), description=how)]


def refused_blocks(request: Request, unit: str) -> list[Block]:
    """Files of which nothing was taken and that have not been sent again; no release knows them."""
    words, rows = request.words, []
    for one, told in feedback.not_taken(request.home, unit, request.scope):
        row = {"reporting_unit": one.unit, "period": one.period, "dataset": told["dataset"] or ""}
        row |= {"file_name": told["file_name"], "verdict": words(f"quality.verdict.{told['verdict']}")}
        rows.append(row | {"address": request.address.to("/quality", u=one.unit, p=one.period, k=one.mark)})
    if not rows:
        return []
    _name(request, rows)
    columns = [
        Column("file_name", words("metadata.file_name"), link="address"),
        Column("unit_name", words("targets.choose_unit")),
        Column("period_label", words("metadata.period")),
        Column("dataset_label", words("metadata.dataset")),
        Column("verdict", words("quality.answer.state")),
    ]
    how = words("quality.not_taken.how")
    return [Block("not_taken", words("quality.not_taken.title"), Table(columns, rows), description=how)]


def _name(request: Request, rows: list[Row]) -> None:
    words = request.words
    for row in rows:
        row["dataset_label"] = words.known(f"dataset.{row['dataset']}", str(row["dataset"]))
        row["unit_name"] = units.name(request.release, row["reporting_unit"], words)
        row["period_label"] = words.period(row["period"])


def _answers(request: Request, rows: list[Row]) -> None:
    """Add to each row its answer's address and stake, and the download of its workbook."""
    words, home = request.words, request.home
    if home is None:
        return
    codes = {row["reporting_unit"] for row in rows}
    wanted = {(row["reporting_unit"], row["period"], feedback.stem_of(row["file_name"])) for row in rows}
    books, short = set(), {}
    for code in codes:
        books |= {(one.unit, one.period, one.mark) for one in feedback.listed(home, code, request.scope)}
        for one in feedback.listed(home, code, request.scope, feedback.ANSWER):
            if (one.unit, one.period, one.answers) in wanted:
                told = feedback.stakes(home, one)
                short[told["submission_id"], told["dataset"], told["file_name"]] = (one, told["stake"])
    for row in rows:
        if (row["submission_id"], row["dataset"], row["file_name"]) not in short:
            continue
        one, stake = short[row["submission_id"], row["dataset"], row["file_name"]]
        row |= {"fen": stake["fen"], "yuan": yuan_of(stake["fen"]), "heads": stake["heads"]}
        row["address"] = request.address.to("/quality", u=one.unit, p=one.period, k=one.mark)
        if feedback.is_personal(home, row["dataset"]):
            row["feedback"] = words("quality.feedback.personal")
        elif (one.unit, one.period, one.mark) in books:
            row["feedback"] = words("quality.feedback.download")
            book = one.name.removesuffix(feedback.ANSWER) + feedback.ENDING
            row["feedback_file"] = f"/feedback/{one.unit}/{one.period}/{quote(book)}"


def later_blocks(request: Request, unit: str, most: int) -> tuple[list[str], list[Block]]:
    """Sentences and blocks: rules that wait for another table, rows that came back mended."""
    words, release = request.words, request.release
    sentences, blocks = [], []
    waiting, back = quality.pending(release, most, unit), quality.mended(release, most, unit)
    for row in waiting:
        row["message"] = words.either(row, "message")
    _name(request, [*waiting, *back])
    if waiting:
        sentences.append(words("quality.sentence.pending", count=number(len(waiting))))
        columns = [
            Column("message", words("quality.message")),
            Column("rule_id", words("quality.rule")),
            Column("dataset_label", words("metadata.dataset")),
            Column("unit_name", words("targets.choose_unit")),
            Column("period_label", words("metadata.period")),
            Column("checked", words("quality.pending.rows"), "count"),
        ]
        how = words("quality.pending.how")
        blocks.append(Block("pending", words("quality.pending.title"), Table(columns, waiting), description=how))
    if back:
        total = quality.mended_count(release, unit)
        rows, yuan = number(total["rows"]), number(yuan_of(total["fen"]), "yuan")
        sentences.append(words("quality.sentence.mended", count=rows, yuan=yuan))
        for row in back:
            row |= {"yuan": yuan_of(row["amount_fen"]), "first_on": str(row["first_committed_at"])[:10]}
        how = words("quality.mended.how")
        table = Table(mended_columns(request), back)
        blocks.append(Block("mended", words("quality.mended.title"), table, description=how))
    return sentences, blocks


def mended_columns(request: Request) -> list[Column]:
    """Where a row stands now, and where it was set aside."""
    words = request.words
    return [
        Column("file_name", words("metadata.file_name")),
        Column("sheet", words("quality.sheet")),
        Column("row_no", words("quality.row_no"), "count"),
        Column("dataset_label", words("metadata.dataset")),
        Column("period_label", words("metadata.period")),
        Column("yuan", words("quality.yuan"), "yuan"),
        Column("first_file_name", words("quality.mended.first_file")),
        Column("first_sheet", words("quality.mended.first_sheet")),
        Column("first_row_no", words("quality.mended.first_row"), "count"),
        Column("first_on", words("quality.mended.first_on")),
    ]
