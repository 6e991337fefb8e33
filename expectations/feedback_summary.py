"""The first sheet of a feedback workbook: what was sent, what became of it, what mending it is worth; words and lines.

Not here: the list of errors and the copy of the file (workbook), what the answer says (feedback).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from expectations.across import PENDING

WIDTHS = (20, 90, 12, 10, 16, 12)
POINTS = 15
WORDS = Path(__file__).resolve().parent / "feedback_words.yml"


# Chinese with English beside, for a house that reads both
BOTH = "both"


@cache
def words() -> dict[str, dict[str, Any]]:
    """Words of the workbook by language: zh, en, and both."""
    import yaml

    own = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return own | {BOTH: _beside(own["zh"], own["en"])}


def _beside(zh: Any, en: Any) -> Any:
    return {name: _beside(zh[name], en[name]) for name in zh} if isinstance(zh, dict) else f"{zh} {en}"


def said(message: dict[str, str], lang: str) -> str:
    """A message in the language of a workbook; in both, each on a line of its own."""
    return f"{message['zh']}\n{message['en']}" if lang == BOTH else message[lang]


def mend_line(rows: int, fen: int, heads: int, lang: str = "zh") -> str:
    """`改正这 12 行：31,200 元、12 人次`: what mending so many rows brings back; fen in, yuan out."""
    whole, rest = divmod(abs(fen), 100)
    yuan = f"{'-' if fen < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")
    return words()[lang]["mend"].format(rows=f"{rows:,}", yuan=yuan, heads=f"{heads:,}")


def yuan_of(fen: int | None) -> Decimal:
    """Fen as yuan."""
    return Decimal(fen or 0).scaleb(-2)


class Lines:
    """Writes a sheet line by line; numbers as numbers, everything else as text; high enough for its longest cell.

    `widths` of the columns in characters: a program that opens the sheet need not work out the height of wrapped cells.
    """

    def __init__(self, sheet: Any, widths: Sequence[int]) -> None:
        self.sheet, self.widths, self.at = sheet, widths, 0

    def skip(self) -> None:
        """Leave a line blank."""
        self.at += 1

    def text(self, text: str, form: Any = None) -> None:
        """One cell."""
        self.row([(text, form)])

    def row(self, cells: list[tuple[Any, Any]]) -> None:
        """Cells as (value, format), from the first column on."""
        high = max((self._lines(str(value), at) for at, (value, _) in enumerate(cells) if len(cells) > 1), default=1)
        if high > 1:
            self.sheet.set_row(self.at, POINTS * high)
        for at, (value, form) in enumerate(cells):
            if isinstance(value, (int, Decimal)):
                self.sheet.write_number(self.at, at, value, form)
            elif value:
                self.sheet.write_string(self.at, at, value, form)
        self.at += 1

    def _lines(self, text: str, at: int) -> int:
        # a Chinese character takes two places
        width = self.widths[at] if at < len(self.widths) else 10
        return sum(max(1, -(-len(part.encode("gb18030", "replace")) // width)) for part in text.split("\n"))


def write_summary(writer: Any, is_part: bool, is_cut: bool) -> None:
    """What was sent, what became of it, what mending is worth."""
    sheet, label, answer = writer.book.add_worksheet(writer.label["summary"]), writer.label, writer.answer
    writer.lay_out(sheet, WIDTHS)
    stake, lines = answer["stake"], Lines(sheet, WIDTHS)
    checks = sum(rule["rows"] for rule in answer["rules"] if rule["severity"] == "warn")
    if stake["rows"]:
        lines.text(mend_line(stake["rows"], stake["fen"], stake["heads"], writer.lang), writer.formats["strong"])
    elif checks:
        lines.text(label["check"].format(rows=f"{checks:,}"), writer.formats["strong"])
    if stake["basis"]:
        lines.text(said(stake["basis"], writer.lang))
    lines.skip()
    for name, value in _facts(writer):
        lines.row([(name, writer.formats["bold"]), (str(value if value is not None else ""), writer.formats["top"])])
    lines.skip()
    remarks = [label["first"]] if any(r["rule_id"].endswith(".row.key_conflict") for r in answer["rules"]) else []
    remarks += [label["mended"].format(rows=f"{len(answer['mended']):,}")] if answer["mended"] else []
    remarks += [label["part"]] if is_part else []
    remarks += [label["capped"].format(rows=f"{len(answer['errors']):,}")] if is_cut else []
    remarks += [label["legend"]] if answer["errors"] else []
    for remark in remarks:
        lines.text(remark)
    _refused(writer, lines)
    _rules(writer, lines)
    _across(writer, lines)
    if answer["notices"]:
        lines.skip()
        lines.text(label["notices"], writer.formats["bold"])
        for notice in answer["notices"]:
            lines.row(
                [
                    (notice["sheet"] or "", writer.formats["top"]),
                    (said(notice["message"], writer.lang), writer.formats["wrap"]),
                ]
            )


def _facts(writer: Any) -> list[tuple[str, Any]]:
    label, answer = writer.label, writer.answer
    is_zh = writer.lang != "en" and writer.contract is not None
    facts = [
        ("file", answer["file_name"]), ("dataset", writer.contract.title_zh if is_zh else answer["dataset"]),
        ("unit", answer["reporting_unit"]), ("period", answer["period"]), ("verdict", label["verdicts"][answer["verdict"]]),
        *((name, answer["rows"][name]) for name in ("read", "accepted", "quarantined", "duplicate", "not_data")),
    ]  # fmt: skip
    return [(label[name], value) for name, value in facts]


def _refused(writer: Any, lines: Lines) -> None:
    if writer.answer["refused"]:
        lines.skip()
        lines.text(writer.label["refused"], writer.formats["bold"])
    for reason in writer.answer["refused"]:
        place = " ".join(filter(None, [reason["sheet"], reason["row_no"] and writer.at(reason)]))
        lines.row([(place, writer.formats["top"]), (said(reason["message"], writer.lang), writer.formats["wrap"])])


def _rules(writer: Any, lines: Lines) -> None:
    rules = writer.answer["rules"]
    if not rules:
        return
    lines.skip()
    lines.row(
        [(writer.label[name], writer.formats["head"]) for name in ("column", "what", "effect", "rows", "yuan", "heads")]
    )
    for rule in rules:
        is_firm = rule["severity"] != "warn"
        lines.row(
            [
                (writer.header(rule["column"]), writer.formats["top"]),
                (said(rule["message"], writer.lang), writer.formats["wrap"]),
                (writer.label["severity"][rule["severity"]], writer.formats["top"]),
                (rule["rows"], writer.formats["count"]),
                (yuan_of(rule["stake_fen"]) if is_firm else "", writer.formats["yuan"]),
                (rule["heads"] if is_firm else "", writer.formats["count"]),
            ]
        )


def _across(writer: Any, lines: Lines) -> None:
    if not writer.answer["across"]:
        return
    lines.skip()
    lines.text(writer.label["across"], writer.formats["bold"])
    lines.row([(writer.label[name], writer.formats["head"]) for name in ("state", "what", "checked", "failed")])
    for found in writer.answer["across"]:
        lines.row(
            [
                (writer.label["states"][found["state"]], writer.formats["top"]),
                (said(found["message"], writer.lang), writer.formats["wrap"]),
                (found["checked"], writer.formats["count"]),
                (found["failed"] if found["state"] != PENDING else "", writer.formats["count"]),
            ]
        )
