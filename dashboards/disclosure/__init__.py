"""Statistical disclosure control: everything published passes here. See docs/disclosure.md.

`protect_report` and `public_rows` are what others call. Both put on record what they let out, and refuse what an attacker
could work out. Not here: how a report looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboards.disclosure.cells import Cell, Reading
    from dashboards.disclosure.keys import Key
    from dashboards.disclosure.policy import Policy
    from dashboards.release import Release, Row
    from dashboards.reports.content import Report
    from dashboards.reports.form import Form
    from dashboards.words import Words

# A month is written 202106.
MONTH = 6


def protect_report(report: Report, home: Path) -> Report:
    """The report as the public may have it: rounded, small figures hidden, no source files, no text of hidden figures.

    Raises ReportError where a figure could be worked out from this and all earlier publications of the home, or where the
    register cannot be read or written.
    """
    from dashboards.disclosure.policy import policy
    from dashboards.reports.content import Report as Made
    from dashboards.reports.content import ReportError
    from dashboards.reports.form import is_total

    if report.kind in policy().given["kinds_not_published"]:
        raise ReportError("error.kind_not_public")
    if report.period.isdigit() and len(report.period) == MONTH:
        # months of one quarter differ by few persons: what is published goes by quarter and year
        raise ReportError("error.month_not_public", period=report.period)

    reading, printers = _read(report)
    limits = policy().limits
    parameters = {"threshold": limits.threshold, "base": limits.base, "money": limits.money_base}
    source = {"kind": report.kind, "unit": report.unit, "period": report.period}
    with _refusals(report.release.release_id):
        look = _published(report.release, home, source, reading.cells, policy())
    names = {*ALWAYS, *policy().given["texts"]}
    forms = []
    for (form, rows), made in zip(report.forms, printers, strict=True):
        out: list[Row] = []
        kept = _without_inner(form, policy())
        for row, printer in zip(rows, made, strict=True):
            if reading.leaves_out(form.code, row):
                continue
            shown = {name: masked(value) for name, value in row.items() if name in names}
            fields = {column.field for column in kept.columns}
            shown |= {name: masked(printed(look)) for name, printed in printer.items() if name in fields}
            if "line_no" in printer:
                shown["line_no"] = len(out) + 1  # a gap would tell of a line left out
            out.append(_worded(shown, report.words) | {"is_total": is_total(row)})
        told = [report.words(f"disclosure.{name}", **parameters) for name in ("mark", "rounding")]
        forms.append((replace(kept, checks=(), notes=(*kept.notes, *told)), _ordered(form.code, out, policy())))
    # a field that is not named here keeps its empty default: text or tables added later are closed until declared
    return Made(
        kind=report.kind,
        period=report.period,
        unit=report.unit,
        unit_name=report.unit_name,
        words=report.words,
        release=report.release,
        forms=forms,
        definitions=report.definitions,
        is_public=True,
    )


def _without_inner(form: Form, rules: Policy) -> Form:
    """The form without the columns and notes that are for the office alone."""
    inner = (rules.form(form.code) or {}).get("inner", [])
    return replace(
        form,
        columns=tuple(column for column in form.columns if column.field not in inner),
        notes=tuple(note for note in form.notes if note not in inner),
    )


def _ordered(code: str, rows: list[Row], rules: Policy) -> list[Row]:
    """Lines in an order that tells nothing: the form's own where it goes by number or name, else by what names a line."""
    if (rules.form(code) or {}).get("order") == "own":
        return rows
    names = rules.given["texts"]
    return sorted(rows, key=lambda row: (row["is_total"], [str(row.get(name) or "") for name in names]))


def without_marks(report: Report) -> Report:
    """The report for sentences: a hidden figure is none, a withheld text is empty."""
    from dashboards.words import HIDDEN

    forms = []
    for form, rows in report.forms:
        texts = {column.field for column in form.columns if column.is_text}
        blank = {name: "" if name in texts else None for row in rows for name in row}
        forms.append((form, [{k: blank[k] if v == HIDDEN else v for k, v in row.items()} for row in rows]))
    return replace(report, forms=forms)


# what a form or a sentence needs beside the columns, and that tells nothing: codes and units of measure
ALWAYS = (
    "code",
    "indicator_code",
    "unit_code",
    "unit_of_measure",
    "dimension",
    "fund_source",
    "leg",
    "item",
    "breakdown",
)
# columns that hold a word for what the printed figures say
WORDED = {"state_label": "state", "pace_label": "pace"}


def _worded(row: Row, words: Words) -> Row:
    state = row.get("state_label")
    if state is not None:
        row["is_met"] = {"met": True, "missed": False, "running": False}.get(state)
    for name, key in WORDED.items():
        if name in row:
            row[name] = words.known(f"{key}.{row[name]}", row[name])
    return row


def public_rows(release: Release, home: Path, unit: str, period: str, dimension: str = "all") -> list[Row]:
    """Rows of mart_indicator of one unit, period and dimension as the public may see them.

    numerator, denominator and value are rounded, or `words.HIDDEN`. What is asked here is published: it goes on record.
    Raises ReportError as `protect_report` does.
    """
    from dashboards.disclosure.policy import policy
    from dashboards.words import HIDDEN

    reading, rows, printers = _read_rows(release, unit, period, dimension)
    source = {"kind": "page", "unit": unit, "period": period, "dimension": dimension}
    with _refusals(release.release_id):
        look = _published(release, home, source, reading.cells, policy())
    shown = []
    for row, (value, parts) in zip(rows, printers, strict=True):
        sides = {name: part(look) if part else None for name, part in parts.items()}
        printed = value(look)
        if printed == HIDDEN or row["denominator"] is None:
            sides = {"numerator": printed, "denominator": None if row["denominator"] is None else HIDDEN}
        shown.append({**row, **sides, "value": printed})
    return shown


def attack_register(release: Release, home: Path) -> tuple[int, list[str]]:
    """Attack everything this home has published: hidden figures, and the names of those found."""
    from dashboards.disclosure.figures import units_below
    from dashboards.disclosure.policy import policy
    from dashboards.disclosure.publish import attack
    from dashboards.disclosure.register import Register

    return attack(Register(home), policy(), units_below(release))


def masked(value: Any) -> Any:
    """Text without ID numbers and phones; anything else as it is."""
    from dashboards.disclosure.masks import masked_text

    return masked_text(value) if isinstance(value, str) else value


def _published(release: Release, home: Path, source: dict[str, str], cells: dict[Key, Cell], rules: Any) -> Any:
    from dashboards.disclosure.figures import units_below
    from dashboards.disclosure.publish import publish
    from dashboards.disclosure.register import Publication, Register

    register = Register(home)
    new = Publication(source, release.release_id, rules.sha256)
    with register.held():
        return publish(register, new, cells, rules, units_below(release), lambda earlier: _reread(release, earlier))


def _read(report: Report) -> tuple[Reading, list[list[dict[str, Any]]]]:
    """The report's figures, and for each form and row what prints its columns."""
    from dashboards.disclosure.cells import Reading
    from dashboards.disclosure.figures import Figures, span_of
    from dashboards.disclosure.policy import policy
    from dashboards.reports.form import is_total

    reading = Reading(Figures(report.release), report.unit, report.period, policy())
    reading.span = span_of(report.release, report.unit, report.period)
    printers = []
    for form, rows in report.forms:
        columns = [(column.field, column.kind) for column in form.columns]
        printers.append([reading.row(form.code, columns, row, is_total(row)) for row in rows])
    return reading, printers


def _read_rows(release: Release, unit: str, period: str, dimension: str) -> tuple[Reading, list[Row], list[Any]]:
    from dashboards.disclosure.cells import Reading
    from dashboards.disclosure.figures import Figures, Sides
    from dashboards.disclosure.keys import Key, at_period, breakdown
    from dashboards.disclosure.policy import policy
    from dashboards.queries.indicators import by

    rules = policy()
    reading = Reading(Figures(release), unit, period, rules)
    rows = by(release, unit, period, dimension)
    whole = at_period(period, "cumulative") if dimension == "cumulative" else period
    printers = []
    for row in rows:
        where = breakdown([(dimension, row["member"])] if dimension not in ("all", "cumulative") else [], rules)
        key = Key(row["indicator_code"], unit, whole, where)
        sides = Sides(
            *(None if row[name] is None else float(row[name]) for name in ("numerator", "denominator", "value"))
        )
        printers.append(reading.indicator(row["indicator_code"], key, sides, row["unit_of_measure"]))
    return reading, rows, printers


def _reread(release: Release, source: dict[str, str]) -> dict[Key, Cell]:
    """What this release says of the figures of an earlier publication; nothing where it cannot print it."""
    from dashboards.reports.content import ReportError, read_report
    from dashboards.words import Words

    if source["kind"] == "page":
        return _read_rows(release, source["unit"], source["period"], source["dimension"])[0].cells
    try:
        report = read_report(release, source["kind"], source["period"], source["unit"], Words("zh"))
    except ReportError:
        return {}
    return _read(report)[0].cells


@contextmanager
def _refusals(release_id: str) -> Iterator[None]:
    from dashboards.disclosure.publish import Exposed
    from dashboards.reports.content import ReportError

    try:
        yield
    except Exposed as error:
        raise ReportError("error.exposed", count=len(error.names), where=_listed(error.names)) from error
    except ValueError as error:
        raise ReportError("error.register_unreadable", file=str(error)) from error
    except (TimeoutError, OSError) as error:
        raise ReportError("error.register_unwritable", folder=str(error)) from error


def _listed(names: Iterable[str], most: int = 3) -> str:
    chosen = list(names)
    return "、".join(name.replace("|", " ").strip() for name in chosen[:most]) + ("…" if len(chosen) > most else "")
