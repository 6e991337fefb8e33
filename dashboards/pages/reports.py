"""报表中心: which report is chosen, its status, version and hash, its files, and what was ordered.

Not here: writing a report (`reports/`), ordering one (`ordering.py`).
"""

from __future__ import annotations

from dashboards.address import Address
from dashboards.ordering import panel
from dashboards.queries import reports, units
from dashboards.release import Release, Row
from dashboards.reports import FORMATS
from dashboards.reports.content import frozen
from dashboards.view import Block, Choice, Column, Request, Table, Tile, View
from dashboards.words import Words

PATH = "/reports"
NAME = "reports"
NEEDS = ("mart_report_j1",)
IN_TABS = True
# A freeze may come after the release was published.
LIVES_ON = ("releases/frozen.json",)
KINDS = ("quarterly", "annual", "targets", "funds")


def chosen(release: Release, address: Address) -> tuple[str, str, str]:
    """Kind, unit and period that the address names, or the newest quarterly report of the first unit; '' for none."""
    rows = reports.printable(release)
    kind = address.get("k") if address.get("k") in KINDS else KINDS[0]
    known = sorted({row["reporting_unit"] for row in rows})
    unit = address.get("u") if address.get("u") in known else units.first(release, known)
    periods = _periods(rows, kind, unit)
    period = address.get("p") if address.get("p") in periods else (periods[0] if periods else "")
    return kind, unit, period


def _periods(rows: list[Row], kind: str, unit: str) -> list[str]:
    """Periods of the unit that a report of this kind speaks of, the newest first."""
    is_quarter = kind == "quarterly"
    return [row["period"] for row in rows if row["reporting_unit"] == unit and ("Q" in row["period"]) == is_quarter]


def view(request: Request) -> View:
    """The chosen report with its files, the runs, and all reports that the release can print."""
    words, release, address = request.words, request.release, request.address
    rows = reports.printable(release)
    kind, unit, period = chosen(release, address)
    name = units.name(release, unit, words)
    facts, status, is_final = _facts(request, kind, unit, period)
    passed, total = release.checks
    pair = [Column("name", words("drill.fact")), Column("value", words("drill.value"), "file")]
    tiles = [
        Tile(words("report.status"), status, state=words("reports.final" if is_final else "reports.draft"),
             is_good=is_final or None),
        Tile(words("metadata.checks"), f"{passed}/{total}", is_good=passed == total,
             state=words("quality.all_passed" if passed == total else "quality.some_failed")),
        Tile(words("metadata.release_id"), release.release_id, detail=words("reports.as_of", date=release.data_date)),
    ]  # fmt: skip
    title = (
        words("reports.chosen", kind=words(f"report.{kind}"), unit=name, period=words.period(period)) if period else ""
    )
    return View(
        title=words("reports.title"),
        conclusion=[
            *([words("reports.sign", report=title, status=status)] if period else []),
            words("reports.sentence", release=release.release_id, date=release.data_date),
        ],
        tiles=tiles,
        blocks=[Block("chosen", title or words("reports.files"), Table(pair, facts)), _all(request, rows)],
        choices=_choices(request, rows, kind, unit, period),
        note=words("reports.note"),
        parts=panel(words),
    )


def _facts(request: Request, kind: str, unit: str, period: str) -> tuple[list[Row], str, bool]:
    """Rows of name and value about the chosen report, its status, and whether it is final."""
    words, release = request.words, request.release
    final, day = frozen(release).get(period, ("", ""))
    status = words("report.status_draft")
    if final:
        is_this = final == release.release_id
        status = words("report.status_frozen" if is_this else "report.status_later", release=final, day=day)
    query = f"u={unit}&p={period}&lang={words.language}&v={release.release_id}"
    told = [
        ("report.status", status), ("metadata.release_id", release.release_id), ("metadata.data_date", release.data_date),
        ("metadata.as_of", release.as_of), ("reports.hash", str(release.manifest.get("sha256") or "")),
    ]  # fmt: skip
    facts = [{"name": words(key), "value": value} for key, value in told if value]
    for form in FORMATS if period else ():
        facts.append(
            {"name": words("reports.download", form=words(f"format.{form}")), "value": words(f"format.{form}"),
             "value_file": f"/report/{kind}.{form}?{query}"}
        )  # fmt: skip
    return facts, status, bool(final) and final == release.release_id


def _all(request: Request, rows: list[Row]) -> Block:
    words, release = request.words, request.release
    final = frozen(release)
    for row in rows:
        kind = "quarterly" if "Q" in row["period"] else "annual"
        row |= {
            "unit_name": units.name(release, row["reporting_unit"], words),
            "period_label": words.period(row["period"]),
            "kind_label": words(f"report.{kind}"),
            "state": "met" if final.get(row["period"], ("",))[0] == release.release_id else "running",
            "address": request.address.with_(k=kind, u=row["reporting_unit"], p=row["period"]),
        }
        row["state_label"] = words("reports.final" if row["state"] == "met" else "reports.draft")
    columns = [
        Column("kind_label", words("reports.kind"), link="address"),
        Column("unit_name", words("report.reporting_unit")),
        Column("period_label", words("report.period")),
        Column("state_label", words("report.status"), "state"),
    ]
    return Block("files", words("reports.files"), Table(columns, rows))


def _choices(request: Request, rows: list[Row], kind: str, unit: str, period: str) -> list[Choice]:
    words, release, address = request.words, request.release, request.address
    known = sorted({row["reporting_unit"] for row in rows})
    options = [(words(f"report.{one}"), address.with_(k=one, p=None)) for one in KINDS]
    choices = [Choice(words("reports.kind"), options, words(f"report.{kind}"))]
    if len(known) > 1:
        options = [(units.name(release, code, words), address.with_(u=code)) for code in known]
        choices.append(Choice(words("targets.choose_unit"), options, units.name(release, unit, words)))
    return [*choices, *_period_choice(words, address, _periods(rows, kind, unit), period)]


def _period_choice(words: Words, address: Address, periods: list[str], period: str) -> list[Choice]:
    if len(periods) < 2:
        return []
    options = [(words.period(one), address.with_(p=one)) for one in periods[:12]]
    return [Choice(words("report.period"), options, words.period(period))]
