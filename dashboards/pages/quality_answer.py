"""The answer to one file as a page: verdict, row account, errors by what is at stake, rules that wait, rows that came back.

It prints the answer (JSON) that lies beside the feedback workbook. Not here: any cell's content, and judging.
"""

from __future__ import annotations

from typing import Any

from dashboards import feedback
from dashboards.headers import column_header
from dashboards.pages.quality_files import mended_columns, yuan_of
from dashboards.queries import units
from dashboards.view import Block, Column, Request, Table, Tile, View
from dashboards.words import number

BUCKETS = ("read", "not_data", "duplicate", "quarantined", "accepted")


def view(request: Request) -> View:
    """The answer that the address names by unit (`u`), period (`p`) and mark (`k`)."""
    words, address = request.words, request.address
    unit, period, mark = (address.get(name) or "" for name in ("u", "p", "k"))
    back = (words("quality.answer.back"), str(address.to("/quality")))
    answer = feedback.answer_of(request.home, unit, period, mark, request.scope)
    if answer is None:
        return View(title=words("quality.title"), conclusion=[words("quality.answer.none")], up=back)
    place = f"{units.name(request.release, unit, words)} · {words.period(period)}"
    dataset = words.known(f"dataset.{answer['dataset']}", str(answer["dataset"] or ""))
    return View(
        title=answer["file_name"],
        conclusion=[f"{place} · {dataset}", *_sentences(request, answer)],
        tiles=[
            Tile(words(f"metadata.rows_{name}"), number(answer["rows"][name]), words("quality.rows_unit"))
            for name in BUCKETS
        ],
        blocks=[
            block
            for block in (
                _refused(request, answer),
                _rules(request, answer),
                _errors(request, answer),
                _across(request, answer),
                _mended(request, answer),
                _notices(request, answer),
            )
            if block.table is not None and block.table.rows
        ],
        up=back,
        note=words("sources.note"),
    )


def _sentences(request: Request, answer: dict[str, Any]) -> list[str]:
    words, stake = request.words, answer["stake"]
    found = [words(f"quality.verdict.{answer['verdict']}")]
    if stake["rows"]:
        yuan, rows, heads = yuan_of(stake["fen"]), number(stake["rows"]), number(stake["heads"])
        found.append(words("quality.answer.mend", rows=rows, yuan=number(yuan, "yuan"), heads=heads))
    if stake["basis"]:
        found.append(_text(request, stake["basis"]))
    return found


def _text(request: Request, message: dict[str, str]) -> str:
    return message[request.words.language]


def _refused(request: Request, answer: dict[str, Any]) -> Block:
    words = request.words
    rows = [row | {"text": _text(request, row["message"])} for row in answer["refused"]]
    columns = [
        Column("text", words("quality.message")),
        Column("sheet", words("quality.sheet")),
        Column("row_no", words("quality.row_no"), "count"),
    ]
    return Block("refused", words("quality.answer.refused"), Table(columns, rows))


def _rules(request: Request, answer: dict[str, Any]) -> Block:
    words, rows = request.words, []
    for rule in answer["rules"]:
        firm = rule["severity"] != "warn"
        rows.append(
            {
                "text": _text(request, rule["message"]),
                "column": column_header(answer["dataset"], rule["column"], words),
                "severity": words(f"severity.{rule['severity']}"),
                "rows": rule["rows"],
                "yuan": yuan_of(rule["stake_fen"]) if firm else None,
                "heads": rule["heads"] if firm else None,
            }
        )
    columns = [
        Column("text", words("quality.message")),
        Column("column", words("quality.column")),
        Column("severity", words("quality.severity")),
        Column("rows", words("quality.rows_of_rule"), "count"),
        Column("yuan", words("quality.yuan"), "yuan"),
        Column("heads", words("quality.heads"), "count"),
    ]
    return Block("rules", words("quality.answer.rules"), Table(columns, rows))


def _errors(request: Request, answer: dict[str, Any]) -> Block:
    """Cells to mend, as the answer orders them: dearest rows first, cells to check last."""
    words, rows = request.words, []
    said = {rule["rule_id"]: _text(request, rule["message"]) for rule in answer["rules"]}
    for error in answer["errors"]:
        first, others = error["first"], [str(one["row_no"]) for one in error["partners"]]
        text = " ".join(said.get(rule, rule) for rule in error["rules"])
        firm = error["severity"] != "warn"
        rows.append(
            {
                "sheet": error["sheet"],
                "row_no": error["row_no"],
                "column": column_header(answer["dataset"], error["column"], words),
                "text": f"{text} {words('quality.answer.partners', rows='、'.join(others))}" if others else text,
                "yuan": yuan_of(error["stake_fen"]) if firm else None,
                "heads": error["heads"] if firm else None,
                "seen": words("quality.answer.seen", day=first["committed_at"][:10]) if first else None,
            }
        )
    columns = [
        Column("sheet", words("quality.sheet")),
        Column("row_no", words("quality.row_no"), "count"),
        Column("column", words("quality.column")),
        Column("text", words("quality.message")),
        Column("yuan", words("quality.yuan"), "yuan"),
        Column("heads", words("quality.heads"), "count"),
        Column("seen", words("quality.answer.before")),
    ]
    how = words("quality.answer.order")
    return Block("errors", words("quality.answer.errors"), Table(columns, rows), description=how)


def _across(request: Request, answer: dict[str, Any]) -> Block:
    words = request.words
    rows = [
        row | {"text": _text(request, row["message"]), "label": words(f"quality.state.{row['state']}")}
        for row in answer["across"]
    ]
    columns = [
        Column("label", words("quality.answer.state")),
        Column("text", words("quality.message")),
        Column("checked", words("quality.checked"), "count"),
        Column("failed", words("quality.failed"), "count"),
    ]
    how = words("quality.pending.how")
    return Block("across", words("quality.answer.across"), Table(columns, rows), description=how)


def _mended(request: Request, answer: dict[str, Any]) -> Block:
    words, rows = request.words, []
    for row in answer["mended"]:
        first = row["first"]
        rows.append(
            {
                "sheet": row["sheet"],
                "row_no": row["row_no"],
                "first_file_name": first["file_name"],
                "first_sheet": first["sheet"],
                "first_row_no": first["row_no"],
                "first_on": first["committed_at"][:10],
            }
        )
    skipped = ("file_name", "dataset_label", "period_label", "yuan")
    columns = [column for column in mended_columns(request) if column.field not in skipped]
    return Block("mended", words("quality.mended.title"), Table(columns, rows))


def _notices(request: Request, answer: dict[str, Any]) -> Block:
    words = request.words
    rows = [row | {"text": _text(request, row["message"])} for row in answer["notices"]]
    columns = [Column("text", words("quality.message")), Column("sheet", words("quality.sheet"))]
    return Block("notices", words("quality.answer.notices"), Table(columns, rows))
