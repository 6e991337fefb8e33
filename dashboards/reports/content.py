"""What a report holds, before any format: its forms with their rows, definitions and source files.

Belongs here: reading rows of marts for one unit and period. Not here: layout, and any arithmetic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dashboards.queries import sources, units
from dashboards.queries.targets import target_state
from dashboards.release import Release, Row
from dashboards.reports.tables import FORMS, KINDS, Form, is_total
from dashboards.words import Words

PERIODS = {
    "quarterly": re.compile(r"\d{4}Q[1-4]"),
    "annual": re.compile(r"\d{4}"),
    "targets": re.compile(r"\d{4}(Q[1-4])?|\d{4}-\d{4}"),
    "funds": re.compile(r"\d{4}(Q[1-4])?"),
}


class ReportError(Exception):
    """A report that cannot be written: `zh` and `en` say why and what to do."""

    def __init__(self, key: str, **values: object):
        self.zh, self.en = Words("zh")(key, **values), Words("en")(key, **values)
        super().__init__(self.zh)


@dataclass(frozen=True)
class Report:
    """Everything a format prints. `forms` pairs each form with its rows, in the mart's own order."""

    kind: str
    period: str
    unit: str
    unit_name: str
    words: Words
    release: Release
    forms: list[tuple[Form, list[Row]]] = field(default_factory=list)
    definitions: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.words(f"report.{self.kind}")

    @property
    def file_stem(self) -> str:
        return f"{self.kind}_{self.unit}_{self.period}_{self.words.language}"


def read_report(release: Release, kind: str, period: str, unit: str, words: Words) -> Report:
    """The report of one unit and period; ReportError where the release holds no row of it."""
    if kind not in KINDS:
        raise ReportError("error.kind", kind=kind, kinds=", ".join(KINDS))
    if not PERIODS[kind].fullmatch(period):
        raise ReportError("error.period", period=period)
    forms = [FORMS[code] for code in KINDS[kind] if release.has(FORMS[code].mart)]
    if not forms:
        raise ReportError("error.no_mart", release=release.release_id)
    printed = [(form, form_rows(release, form, period, unit, words)) for form in forms]
    printed = [(form, rows) for form, rows in printed if rows]
    if not printed:
        raise ReportError("error.no_rows", release=release.release_id, unit=unit, period=period)
    return Report(
        kind,
        period,
        unit,
        units.name(release, unit, words),
        words,
        release,
        printed,
        sources.definitions(release),
        sources.files(release, unit, period),
    )


def form_rows(release: Release, form: Form, period: str, unit: str, words: Words) -> list[Row]:
    """Rows of the form's mart for this unit and period, with the label in the reader's language beside."""
    every = f"select * from marts.{form.mart} where reporting_unit = $1 and period = $2 order by {form.order}"
    rows = release.rows(form.sql or every, [unit, period])
    meant = {row["indicator_code"]: row for row in sources.definitions(release)}
    for row in rows:
        if "shortfall" in row:
            _word_target(row, meant.get(row["indicator_code"], {}), release, words)
        if "leg" in row:
            row["leg_label"] = words.known(f"leg.{row['leg']}", row["leg"])
        if "unit_name" in row and is_total(row):
            row["unit_name"] = words("report.total")
        if "dimension" in row:
            row["dimension_label"] = words(f"dimension.{row['dimension']}")
            row["member_label"] = "" if row["dimension"] == "all" else words.member(row["dimension"], row["member"])
        if "fund_source" in row:
            row["fund_label"] = words.member("fund_source", row["fund_source"])
        if "label_zh" in row and "line_label" not in row:
            row["line_label"] = words.either(row, "label")
    return rows


def _word_target(row: Row, definition: Row, release: Release, words: Words) -> None:
    row["line_label"] = words.either(definition, "label") or row["indicator_code"]
    row["unit_of_measure"] = definition.get("unit_of_measure") or "count"
    row["period_label"] = words.period(row["period"])
    row["breakdown_label"] = units.breakdown(release, row["breakdown"], words)
    row["state_label"] = words(f"state.{target_state(row)}")
