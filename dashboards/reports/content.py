"""What a report holds, before any format: its forms with their rows, definitions, source files, whether it is frozen.

Belongs here: reading rows of marts for one unit and period. Not here: layout, labels (`labels.py`), and any arithmetic.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from dashboards.queries import sources, units
from dashboards.release import Release, Row
from dashboards.reports.labels import word
from dashboards.reports.tables import FORMS, KINDS, Form
from dashboards.words import Words

PERIODS = {
    "quarterly": re.compile(r"\d{4}Q[1-4]"),
    "annual": re.compile(r"\d{4}"),
    "targets": re.compile(r"\d{4}(Q[1-4]|0[1-9]|1[0-2])?|\d{4}-\d{4}"),
    "funds": re.compile(r"\d{4}(Q[1-4])?"),
    "review": re.compile(r"\d{4}"),
}


RESTATEMENT = "mart_restatement"


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
    restated: list[Row] = field(default_factory=list)
    # disclosure control has been at it: a figure may be `words.HIDDEN`
    is_public: bool = False

    @property
    def title(self) -> str:
        return self.words(f"report.{self.kind}")

    @property
    def book_title(self) -> str:
        """The title with period and unit."""
        return self.words(
            "report.book_title", title=self.title, period=self.words.period(self.period), unit=self.unit_name
        )

    @property
    def subtitle(self) -> str:
        """Period and unit, as they stand under the title."""
        return self.words("report.subtitle", period=self.words.period(self.period), unit=self.unit_name)

    @property
    def data_day(self) -> str:
        """The day the figures speak of, as text has it."""
        year, month, day = (int(part) for part in (self.release.data_date or "2000-01-01").split("-"))
        return self.words("report.day", year=year, month=month, day=day)

    @property
    def file_stem(self) -> str:
        return f"{self.kind}_{self.unit}_{self.period}_{self.words.language}{'_public' if self.is_public else ''}"

    @property
    def status(self) -> str:
        """Whether this release is the official one of the period, in words."""
        known = frozen(self.release).get(self.period)
        if known is None:
            return self.words("report.status_draft")
        release_id, day = known
        if release_id == self.release.release_id:
            return self.words("report.status_frozen", day=day)
        return self.words("report.status_later", release=release_id, day=day)

    def rows(self, code: str) -> list[Row]:
        """Printed rows of a form; none where the report does not print it."""
        return next((rows for form, rows in self.forms if form.code == code), [])


def frozen(release: Release) -> dict[str, tuple[str, str]]:
    """Official release and day of freezing by period, from the list beside the releases."""
    path = release.directory.parent / "frozen.json"
    entries = json.loads(path.read_bytes()) if path.is_file() else {}
    told = {period: entry if isinstance(entry, dict) else {"release_id": entry} for period, entry in entries.items()}
    return {
        period: (str(entry["release_id"]), str(entry.get("frozen_at") or "")[:10]) for period, entry in told.items()
    }


def read_report(
    release: Release, kind: str, period: str, unit: str, words: Words, current: Release | None = None
) -> Report:
    """The report of one unit and period; ReportError where the release holds no row of it.

    Of an older release, `current` says what has been restated since: a release cannot know what came after it.
    """
    if kind not in KINDS:
        raise ReportError("error.kind", kind=kind, kinds=", ".join(KINDS))
    if not PERIODS[kind].fullmatch(period):
        raise ReportError("error.period", period=period)
    forms = [form for form in map(FORMS.get, KINDS[kind]) if form and release.has(form.mart, *form.beside)]
    if not forms:
        raise ReportError("error.no_mart", release=release.release_id)
    printed = []
    for form in forms:
        source = current if current and form.mart == RESTATEMENT and current.has(RESTATEMENT) else release
        rows = form_rows(source, form, period, unit, words)
        if rows:
            printed.append((form.spread(rows), rows))
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
    """Rows of the form's mart for this unit and period, with labels in the reader's language beside."""
    every = f"select * from marts.{form.mart} where reporting_unit = $1 and period = $2 order by {form.order}"
    rows = release.rows(form.sql or every, [unit, period])
    meant = {row["indicator_code"]: row for row in sources.definitions(release)}
    for row in rows:
        row |= {f"cell_{key}": value for key, value in (row.pop("cells", None) or {}).items()}
        word(row, meant, release, words)
    return rows
