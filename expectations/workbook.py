"""The sheets of a feedback workbook: summary, errors, the file's own sheets with marks.

Strings are written as strings, never as formulas or links. Not here: which errors there are (feedback), what a file held
(original).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from expectations.contract import contracts
from expectations.derived import rule_of

COMMENTS = 2_000
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")

LABELS = {
    "zh": {
        "summary": "汇总", "errors": "错误清单", "file": "文件", "dataset": "数据集", "unit": "报送单位", "period": "期间",
        "verdict": "结论", "refused": "整份退回", "quarantined": "部分行被隔离", "read": "读取行数", "duplicate": "重复行",
        "set_aside": "隔离行", "accepted": "接收行", "mend": "改正这 {rows} 行：{yuan} 元、{heads} 人次",
        "sheet": "工作表", "row": "行号", "column": "列", "rule": "规则", "what": "说明", "yuan": "涉及金额（元）",
        "heads": "涉及人次", "rows": "行数", "go": "定位", "original_row": "原行号",
        "first": "先改主键冲突：同一主键的各行都被隔离，只报正确的一行即可全部恢复。",
        "part": "文件较大，以下只列出有错误的行及其前后行，首列为原行号。",
        "capped": "错误较多，清单只列前 {rows} 条；行数和金额为全部。",
    },
    "en": {
        "summary": "Summary", "errors": "Errors", "file": "File", "dataset": "Dataset", "unit": "Reporting unit",
        "period": "Period", "verdict": "Verdict", "refused": "refused as a whole", "quarantined": "some rows set aside",
        "read": "Rows read", "duplicate": "Repeated rows", "set_aside": "Rows set aside", "accepted": "Rows accepted",
        "mend": "Mend these {rows} rows: {yuan} yuan, {heads} person-times", "sheet": "Sheet", "row": "Row",
        "column": "Column", "rule": "Rule", "what": "What is wrong", "yuan": "Money at stake (yuan)",
        "heads": "Person-times at stake", "rows": "Rows", "go": "Go to", "original_row": "Original row",
        "first": "Key conflicts first: all rows of one key were set aside; sending the right one brings them back.",
        "part": "The file is large: only rows with errors and their neighbours are shown; the first column is the row number.",
        "capped": "The list shows the first {rows} errors; rows and money count all of them.",
    },
}  # fmt: skip


def mend_line(rows: int, fen: int, heads: int, lang: str = "zh") -> str:
    """`改正这 12 行：31,200 元、12 人次`: what mending so many rows brings back; fen in, yuan out."""
    whole, rest = divmod(abs(fen), 100)
    yuan = f"{'-' if fen < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")
    return LABELS[lang]["mend"].format(rows=f"{rows:,}", yuan=yuan, heads=f"{heads:,}")


def _cell_column(layout: list[dict], sheet: str | None, column: str | None) -> int | None:
    """The 1-based column of the file in which a contract column stands on a sheet."""
    fitting = [part for part in layout if part["sheet"] == sheet] or (layout if len(layout) == 1 else [])
    return next((part["columns"][column] for part in fitting if column in part["columns"]), None)


class FeedbackBook:
    """Formats and labels of one workbook."""

    def __init__(self, book: Any, lang: str, dataset: str) -> None:
        self.book, self.lang, self.label, self.dataset = book, lang, LABELS[lang], dataset
        self.contract = contracts()[dataset]
        self.comments = 0
        self.formats = {
            "head": book.add_format(
                {"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True, "valign": "vcenter"}
            ),
            "bold": book.add_format({"bold": True}),
            "strong": book.add_format({"bold": True, "font_size": 14}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "fault": book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": "@"}),
            "row": book.add_format({"bg_color": "#FFF2CC", "num_format": "@"}),
            "text": book.add_format({"num_format": "@"}),
            "yuan": book.add_format({"num_format": "#,##0.00"}),
            "count": book.add_format({"num_format": "#,##0"}),
            "link": book.add_format({"font_color": "#0563C1", "underline": 1}),
        }

    def names(self, wanted: Iterable[str]) -> list[str]:
        """Sheet names Excel takes: no forbidden character, 31 characters, each once in any case."""
        taken = {self.label["summary"].casefold(), self.label["errors"].casefold()}
        found = []
        for name in wanted:
            clean = FORBIDDEN.sub("_", name).strip("'").strip()[:31] or "Sheet"
            number, candidate = 1, clean
            while candidate.casefold() in taken:
                number += 1
                candidate = f"{clean[:27]}({number})"
            taken.add(candidate.casefold())
            found.append(candidate)
        return found

    def message(self, rule_id: str) -> str:
        """What the rule says in the workbook's language."""
        return rule_of(self.dataset, rule_id).message[self.lang]

    def header(self, column: str | None) -> str:
        """The column as the template names it."""
        if column is None:
            return ""
        found = next((c for c in self.contract.columns if c.name == column), None)
        return column if found is None else found.header_zh if self.lang == "zh" else column

    def lay_out(self, sheet: Any) -> None:
        """A4 across, one page wide."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def write_summary(self, summary: dict, listed: int, is_part: bool) -> None:
        """What was sent, what became of it, what mending is worth."""
        sheet, label = self.book.add_worksheet(self.label["summary"]), self.label
        self.lay_out(sheet)
        sheet.set_column(0, 0, 96)
        sheet.set_column(1, 4, 18)
        stake = summary["all"]
        sheet.write_string(
            0, 0, mend_line(stake["rows"], stake["fen"], stake["heads"], self.lang), self.formats["strong"]
        )
        facts = [
            ("file", summary["file"]),
            ("dataset", self.contract.title_zh if self.lang == "zh" else summary["dataset"]),
            ("unit", summary["unit"]),
            ("period", summary["period"]),
            ("verdict", label[summary["verdict"]]),
            *((name, summary[name]) for name in ("read", "accepted", "set_aside", "duplicate")),
        ]
        for number, (name, value) in enumerate(facts, start=2):
            sheet.write_string(number, 0, label[name], self.formats["bold"])
            sheet.write_string(number, 1, str(value if value is not None else ""))
        line = len(facts) + 3
        if any(rule_id.endswith(".row.key_conflict") for rule_id, *_ in summary["rules"]):
            sheet.write_string(line, 0, label["first"], self.formats["bold"])
            line += 1
        if is_part:
            sheet.write_string(line, 0, label["part"])
            line += 1
        total = sum(rule[2] for rule in summary["rules"])
        if total > listed:
            sheet.write_string(line, 0, label["capped"].format(rows=f"{listed:,}"))
            line += 1
        for at, name in enumerate(("what", "column", "rows", "yuan", "heads")):
            sheet.write_string(line, at, label[name], self.formats["head"])
        for number, (rule_id, column, rows, fen, heads) in enumerate(summary["rules"], start=line + 1):
            sheet.write_string(number, 0, self.message(rule_id), self.formats["wrap"])
            sheet.write_string(number, 1, self.header(column))
            sheet.write_number(number, 2, rows, self.formats["count"])
            sheet.write_number(number, 3, _yuan(fen), self.formats["yuan"])
            sheet.write_number(number, 4, heads, self.formats["count"])

    def write_errors(self, errors: list[dict], layout: list[dict], originals: dict) -> None:
        """One line per error, dearest first, with a link to the cell."""
        sheet, label = self.book.add_worksheet(self.label["errors"]), self.label
        self.lay_out(sheet)
        sheet.freeze_panes(1, 0)
        for at, (name, width) in enumerate(
            [
                ("sheet", 20),
                ("row", 8),
                ("column", 18),
                ("what", 96),
                ("yuan", 16),
                ("heads", 12),
                ("rule", 34),
                ("go", 8),
            ]
        ):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, label[name], self.formats["head"])
        only = next(iter(originals.values())) if len(originals) == 1 else None
        for number, error in enumerate(errors, start=1):
            sheet.write_string(number, 0, error["sheet"] or "")
            sheet.write_number(number, 1, error["row_no"])
            sheet.write_string(number, 2, self.header(error["column_name"]))
            sheet.write_string(number, 3, self.message(error["rule_id"]), self.formats["wrap"])
            sheet.write_number(number, 4, _yuan(error["amount_fen"]), self.formats["yuan"])
            sheet.write_number(number, 5, error["heads"] or 0, self.formats["count"])
            sheet.write_string(number, 6, error["rule_id"])
            found = originals.get(error["sheet"]) or only
            line = found[1].line_of(error["row_no"]) if found else None
            if line is not None:
                at = (_cell_column(layout, error["sheet"], error["column_name"]) or 1) - 1 + found[1].is_part
                place = f"internal:'{found[0].replace(chr(39), chr(39) * 2)}'!{_cell_name(line, at)}"
                sheet.write_url(number, 7, place, self.formats["link"], label["go"])
        sheet.autofilter(0, 0, len(errors), 7)

    def cells(self, error: dict, layout: list[dict]) -> list[int]:
        """The 1-based columns to mark: the error's own, for a whole row those of its key, else the first."""
        names = [error["column_name"]] if error["column_name"] else self.contract.key
        found = [_cell_column(layout, error["sheet"], name) for name in names]
        return [column for column in found if column] or [1]

    def write_sheet(self, name: str, original: Any, errors: list[dict], layout: list[dict], only: bool) -> None:
        """The sheet as it came, as text; offending rows tinted, offending cells marked and commented."""
        sheet = self.book.add_worksheet(name)
        faults: dict[int, dict[int, list[str]]] = {}
        for error in errors:
            if only or error["sheet"] == original.name:
                for column in self.cells(error, layout):
                    faults.setdefault(error["row_no"], {}).setdefault(column, []).append(error["rule_id"])
        self.lay_out(sheet)
        sheet.set_column(0, 0, 10)
        for at, width in enumerate(_widths(original.rows)):
            sheet.set_column(at + original.is_part, at + original.is_part, width)
        for line, (row_no, cells) in enumerate(original.rows):
            marks = faults.get(row_no, {})
            if original.is_part:
                sheet.write_number(line, 0, row_no, self.formats["head"])
            width = max([len(cells), *marks])
            for at in range(width):
                text = cells[at] if at < len(cells) else ""
                rules = marks.get(at + 1, [])
                kind = "fault" if rules else "row" if marks else "text"
                if text or rules:
                    sheet.write_string(line, at + original.is_part, text[:32767], self.formats[kind])
                if rules and self.comments < COMMENTS:
                    self.comments += 1
                    told = "\n".join(self.message(rule_id) for rule_id in dict.fromkeys(rules))
                    sheet.write_comment(line, at + original.is_part, told, {"author": "Skillhouse", "x_scale": 2})


def _cell_name(line: int, at: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return xl_rowcol_to_cell(line, at)


def _yuan(fen: int | None) -> Decimal:
    return Decimal(fen or 0).scaleb(-2)


def _widths(rows: list[tuple[int, list[str]]]) -> list[int]:
    """Column widths that show most cells of the first rows; a Chinese character takes two places."""
    widths: list[int] = []
    for _, cells in rows[3:100]:
        widths += [8] * (len(cells) - len(widths))
        for at, text in enumerate(cells):
            widths[at] = max(widths[at], min(40, 2 + len(text.encode("gb18030", "replace"))))
    return widths
