"""区县—机构—班级: from a unit to the rows of a file, one step at a time; each step is an address.

Not here: any person; a page names the row of the file, and who stands there is read in the file.
"""

from __future__ import annotations

from calendar import monthrange

from dashboards.pages import funnel, pipeline
from dashboards.queries import drill, indicators, units
from dashboards.view import Block, Choice, Column, Request, Table, View
from dashboards.words import number

PATH = "/drill"
NAME = "drill"
NEEDS = ("mart_indicator", "dim_institution", "dim_class", "fct_training")
IN_TABS = True
CLASS_FACTS = (
    "training_type", "occupation_name", "skill_level", "delivery_mode", "fund_source", "class_status", "approved_on",
    "starts_on", "ends_on", "total_lessons",
)  # fmt: skip
COUNTS = ("trainees", "person_times", "certified", "paid")
LISTS = ("training_type", "skill_level", "delivery_mode", "fund_source", "class_status")


def view(request: Request) -> View:
    """A class (`c`), an institution's classes (`k`), or the institutions of a unit (`u`) in a period (`p`)."""
    words, release, address = request.words, request.release, request.address
    known = indicators.units_with_values(release)
    unit = address.get("u") if address.get("u") in known else units.first(release, known)
    periods = indicators.periods(release, unit)
    period = address.get("p") if address.get("p") in periods else (periods[0] if periods else "")
    here = address.to(PATH, u=unit, p=period)
    if address.get("c"):
        return _class(request, address.get("c"), here)
    if address.get("k"):
        return _institution(request, unit, address.get("k"), period, here)
    rows = drill.institutions(release, unit, period)
    for row in rows:
        row["address"] = here.with_(k=row["institution_id"])
    columns = [
        Column("institution_name", words("drill.institution"), link="address"),
        Column("institution_id", words("drill.credit_code")),
        Column("person_times", words("drill.person_times"), "count"),
        Column("certificate_rate", words("drill.certificate_rate"), "ratio"),
        Column("employment_rate", words("drill.employment_rate"), "ratio"),
        Column("unit_cost_yuan", words("drill.unit_cost_yuan"), "yuan"),
    ]
    name = units.name(release, unit, words)
    return View(
        title=words("drill.title", unit=name, period=words.period(period)),
        conclusion=_conclusion(request, unit, period, rows),
        blocks=[
            *funnel.block(request, unit, period),
            Block("institutions", words("drill.institutions"), Table(columns, rows)),
            *(pipeline.blocks(request, unit, *_days(period)) if period else []),
        ],
        choices=_choices(request, known, unit, periods, period),
        note=words("drill.note"),
    )


def _conclusion(request: Request, unit: str, period: str, rows: list) -> list[str]:
    """How many institutions there are, and which of the larger ones certifies least."""
    words, rated = request.words, [row for row in rows if row["certificate_rate"] is not None]
    if not rated:
        return []
    # Of the half that trains most, so that a class of six does not lead the page.
    worst = min(rated[: (len(rated) + 1) // 2], key=lambda row: row["certificate_rate"])
    whole = indicators.whole(request.release, unit, period).get("certificate_rate", {})
    return [
        words(
            "drill.sentence",
            count=len(rows),
            rate=number(whole.get("value"), "ratio"),
            institution=worst["institution_name"],
            least=number(worst["certificate_rate"], "ratio"),
        )
    ]


def _institution(request: Request, unit: str, institution: str, period: str, here) -> View:  # noqa: ANN001
    words, release = request.words, request.release
    name = drill.institution_name(release, institution)
    rows = drill.classes(release, unit, institution, *_days(period))
    for row in rows:
        row["address"] = here.with_(k=institution, c=row["class_id"])
        row["training_type_label"] = words.member("training_type", row["training_type"])
        row["skill_level_label"] = words.member("skill_level", row["skill_level"]) if row["skill_level"] else None
        row["class_status_label"] = words.member("class_status", row["class_status"])
    columns = [
        Column("class_id", words("drill.class"), link="address"),
        Column("training_type_label", words("drill.training_type")),
        Column("occupation_name", words("drill.occupation_name")),
        Column("skill_level_label", words("drill.skill_level")),
        Column("starts_on", words("drill.starts_on")),
        Column("ends_on", words("drill.ends_on")),
        Column("class_status_label", words("drill.class_status")),
        *(Column(count, words(f"drill.{count}"), "count") for count in COUNTS),
    ]
    return View(
        title=words("drill.institution_title", institution=name, period=words.period(period)),
        blocks=[Block("classes", words("drill.classes"), Table(columns, rows))],
        up=(words("drill.back_unit"), str(here)),
        note=words("drill.note"),
    )


def _class(request: Request, class_id: str, here) -> View:  # noqa: ANN001
    words, release = request.words, request.release
    row = drill.one_class(release, class_id)
    if row is None:
        return View(title=words("drill.class_title", class_id=class_id), conclusion=[words("drill.no_class")])
    facts = [
        {"name": words(f"drill.{fact}"), "value": words.member(fact, row[fact]) if fact in LISTS else row[fact]}
        for fact in CLASS_FACTS
        if row.get(fact) is not None
    ]
    source = [{name: row[name] for name in ("file_name", "sheet", "row_no", "submission_id")}]
    places = [
        Column("file_name", words("metadata.file_name")),
        Column("sheet", words("quality.sheet")),
    ]
    submission = Column("submission_id", words("metadata.submission_id"))
    roster_columns = [
        *places,
        Column("first_row", words("drill.first_row"), "count"),
        Column("last_row", words("drill.last_row"), "count"),
        *(Column(count, words(f"drill.{count}"), "count") for count in COUNTS),
        submission,
    ]
    pair = [Column("name", words("drill.fact")), Column("value", words("drill.value"))]
    filed = [*places, Column("row_no", words("quality.row_no"), "count"), submission]
    return View(
        title=words("drill.class_title", class_id=class_id),
        blocks=[
            Block("facts", words("drill.facts"), Table(pair, facts)),
            Block("filed", words("drill.filed"), Table(filed, source)),
            Block("roster", words("drill.roster"), Table(roster_columns, drill.roster(release, class_id))),
        ],
        up=(words("drill.back_institution"), str(here.with_(k=row["institution_id"]))),
        note=words("drill.no_person"),
    )


def _days(period: str) -> tuple[str, str]:
    """First and last day of a year or quarter, ISO."""
    year, _, quarter = period.partition("Q")
    if not quarter:
        return f"{year}-01-01", f"{year}-12-31"
    last = int(quarter) * 3
    return f"{year}-{last - 2:02d}-01", f"{year}-{last:02d}-{monthrange(int(year), last)[1]}"


def _choices(request: Request, known: list[str], unit: str, periods: list[str], period: str) -> list[Choice]:
    words, choices = request.words, []
    if len(known) > 1:
        options = [(units.name(request.release, code, words), request.address.with_(u=code)) for code in known]
        choices.append(Choice(words("targets.choose_unit"), options, units.name(request.release, unit, words)))
    year = period[:4]
    years = sorted({one[:4] for one in periods})
    if len(years) > 1:
        options = [(words.period(one), request.address.with_(p=one)) for one in years]
        choices.append(Choice(words("metadata.period"), options, words.period(year)))
    quarters = sorted(one for one in periods if one.startswith(year) and one != year)
    if quarters:
        whole = words("drill.whole_year")
        options = [(whole, request.address.with_(p=year))]
        options += [(words.period(one), request.address.with_(p=one)) for one in quarters]
        choices.append(Choice(words("drill.quarter"), options, whole if period == year else words.period(period)))
    return choices
