"""The sheets of a feedback workbook: summary, errors, the file's own sheets with marks.

Strings are written as strings, never as formulas or links. Not here: what the answer says (feedback), what a file held
(original).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from expectations.across import across_rules
from expectations.contract import contracts
from expectations.derived import rule_of
from expectations.feedback_summary import BOTH, Lines, said, words, yuan_of

COMMENTS = 2_000
WIDTHS = (16, 7, 18, 12, 76, 16, 10, 22, 6, 44)
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def _cell_column(layout: list[dict], sheet: str | None, column: str | None) -> int | None:
    """The 1-based column of the file in which a contract column stands on a sheet."""
    fitting = [part for part in layout if part["sheet"] == sheet] or (layout if len(layout) == 1 else [])
    return next((part["columns"][column] for part in fitting if column in part["columns"]), None)


class FeedbackBook:
    """Formats, labels and the document of one workbook."""

    def __init__(self, book: Any, lang: str, answer: dict[str, Any]) -> None:
        self.book, self.lang, self.label, self.answer = book, lang, words()[lang], answer
        self.contract = contracts().get(answer["dataset"])
        self.comments = {"fault": COMMENTS, "check": COMMENTS // 4}
        top = {"valign": "top"}
        self.formats = {
            name: book.add_format(form)
            for name, form in {
                "head": {"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True, "valign": "vcenter"},
                "bold": {"bold": True} | top,
                "strong": {"bold": True, "font_size": 14},
                "wrap": {"text_wrap": True} | top,
                "top": top,
                "title": {"bold": True, "num_format": "@"},
                "fault": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": "@"},
                "check": {"bg_color": "#DDEBF7", "font_color": "#1F4E79", "num_format": "@"},
                "row": {"bg_color": "#FFF2CC", "num_format": "@"},
                "text": {"num_format": "@"},
                "yuan": {"num_format": "#,##0.00"} | top,
                "count": {"num_format": "#,##0"} | top,
                "link": {"font_color": "#0563C1", "underline": 1} | top,
            }.items()
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
        across = next((rule for rule in across_rules() if rule.id == rule_id), None)
        return said((across or rule_of(self.answer["dataset"], rule_id)).message, self.lang)

    def told(self, error: dict) -> str:
        """All that is wrong with a cell, and the other rows of its key."""
        lines = [self.message(rule_id) for rule_id in error["rules"]]
        if error["partners"]:
            places = [self._other(partner, error) for partner in error["partners"]]
            lines.append(self.label["partners"].format(places="、".join(places)))
        return "\n".join(dict.fromkeys(lines))

    def _other(self, partner: dict, error: dict) -> str:
        file = partner["file_name"] if partner["file_name"] != self.answer["file_name"] else ""
        sheet = partner["sheet"] if file or partner["sheet"] != error["sheet"] else ""
        return " ".join(filter(None, [file, sheet, self.at(partner)]))

    def at(self, place: dict) -> str:
        """Where a row stands."""
        return self.label["place"].format(row=place["row_no"])

    def header(self, column: str | None) -> str:
        """The column as the template names it."""
        found = next((c for c in self.contract.columns if c.name == column), None) if self.contract and column else None
        if found is None:
            return column or ""
        return {"zh": found.header_zh, "en": found.name, BOTH: f"{found.header_zh} {found.name}"}[self.lang]

    def lay_out(self, sheet: Any, widths: Iterable[int] = ()) -> None:
        """A4 across, one page wide."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)

    def write_errors(self, originals: dict) -> None:
        """One line a cell, dearest rows first, with a link to it; what hangs on a row stands on its first line."""
        sheet, label, errors = self.book.add_worksheet(self.label["errors"]), self.label, self.answer["errors"]
        self.lay_out(sheet, WIDTHS)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        lines, only, before = (
            Lines(sheet, WIDTHS),
            next(iter(originals.values())) if len(originals) == 1 else None,
            None,
        )
        heads = ("sheet", "row", "column", "effect", "what", "yuan", "heads", "seen", "go", "rule")
        lines.row([(label[name], self.formats["head"]) for name in heads])
        for error in errors:
            place = (error["sheet"], error["row_no"], error["severity"] == "warn")
            is_first, before = place != before and not place[2], place
            found, first = originals.get(error["sheet"]) or only, error["first"]
            was = label["was"].format(date=first["committed_at"][:10], row=first["row_no"]) if first else ""
            lines.row(
                [
                    (error["sheet"] or "", self.formats["top"]),
                    (error["row_no"], self.formats["top"]),
                    (self.header(error["column"]), self.formats["top"]),
                    (label["severity"][error["severity"]], self.formats["top"]),
                    (self.told(error), self.formats["wrap"]),
                    (yuan_of(error["stake_fen"]) if is_first else "", self.formats["yuan"]),
                    (error["heads"] if is_first else "", self.formats["count"]),
                    (was, self.formats["top"]),
                    ("", None),
                    ("、".join(error["rules"]), self.formats["top"]),
                ]
            )
            line = found[1].line_of(error["row_no"]) if found else None
            if line is not None:
                at = (self.cells(error) or [1])[0] - 1 + found[1].is_part
                target = f"internal:'{found[0].replace(chr(39), chr(39) * 2)}'!{_cell_name(line, at)}"
                sheet.write_url(lines.at - 1, 8, target, self.formats["link"], label["go"])
        sheet.autofilter(0, 0, len(errors), 9)

    def cells(self, error: dict) -> list[int]:
        """The 1-based columns to mark: the error's own, for a whole row those of its key, else the first.

        A column that the file has not cannot be marked; a row that is set aside shows it in its first cell.
        """
        names = [error["column"]] if error["column"] else self.contract.key if self.contract else ()
        found = [_cell_column(self.answer["layout"], error["sheet"], name) for name in names]
        return [column for column in found if column] or ([] if error["severity"] == "warn" else [1])

    def write_sheet(self, name: str, original: Any, only: bool) -> None:
        """The sheet as it came, as text; offending rows tinted, offending cells marked and commented."""
        sheet = self.book.add_worksheet(name)
        faults: dict[int, dict[int, list[dict]]] = {}
        for error in self.answer["errors"]:
            if only or error["sheet"] == original.name:
                for column in self.cells(error):
                    faults.setdefault(error["row_no"], {}).setdefault(column, []).append(error)
        layout = [part for part in self.answer["layout"] if only or part["sheet"] == original.name]
        header = layout[0]["header_row"] if len(layout) == 1 else 0
        self.lay_out(sheet, (10,))
        for at, width in enumerate(_widths(original.rows)):
            sheet.set_column(at + original.is_part, at + original.is_part, width)
        if header and original.line_of(header) is not None:
            sheet.freeze_panes(original.line_of(header) + 1, 0)
        for line, (row_no, cells) in enumerate(original.rows):
            marks = faults.get(row_no, {})
            is_aside = any(e["severity"] != "warn" for errors in marks.values() for e in errors)
            plain = "row" if is_aside else "title" if row_no <= header else "text"
            if original.is_part:
                sheet.write_number(line, 0, row_no, self.formats["head"])
            for at in range(max([len(cells), *marks])):
                text, errors = cells[at] if at < len(cells) else "", marks.get(at + 1, [])
                kind = plain if not errors else "fault" if any(e["severity"] != "warn" for e in errors) else "check"
                if text or errors:
                    sheet.write_string(line, at + original.is_part, text[:32767], self.formats[kind])
                elif is_aside:
                    sheet.write_blank(line, at + original.is_part, None, self.formats[kind])
                if errors and self.comments[kind]:
                    self.comments[kind] -= 1
                    told = "\n".join(dict.fromkeys(self.told(error) for error in errors))
                    sheet.write_comment(line, at + original.is_part, told, {"author": "Skillhouse", "x_scale": 2})


def _cell_name(line: int, at: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return xl_rowcol_to_cell(line, at)


def _widths(rows: list[tuple[int, list[str]]]) -> list[int]:
    """Column widths that show most cells of the first rows; a Chinese character takes two places."""
    widths: list[int] = []
    for _, cells in rows[3:100]:
        widths += [8] * (len(cells) - len(widths))
        for at, text in enumerate(cells):
            widths[at] = max(widths[at], min(40, 2 + len(text.encode("gb18030", "replace"))))
    return widths
