"""One case of a rule: rows in, findings out. Cases of all rules are built together in one home and told apart by their ids.

In a case `~A` is an identifier of its own; what comes out is written back with `~` dropped: `A/p` is person p in class A.
Expected findings read `<subject>` or `<subject> <yuan>`; only the tests a case is about are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from tests.spec.marts import rows as plain
from tests.spec.marts.home import Home

Row = tuple[str, dict]


@dataclass(frozen=True)
class Case:
    """`about` the tests compared (or `due`), the rows, and what is expected, in any order."""

    name: str
    about: str
    rows: tuple[Row, ...]
    expect: tuple[str, ...] = field(default=())


def case(name: str, about: str, *rows: Row | list[Row], expect: str | Iterable[str] = ()) -> Case:
    """A case; `expect` is one finding or several, none by default."""
    flat = [row for item in rows for row in (item if isinstance(item, list) else [item])]
    return Case(name, about, tuple(flat), (expect,) if isinstance(expect, str) else tuple(expect))


def klass(class_id: str = "~A", **changes: object) -> Row:
    """A filed class of 500103, approved 2021-03-20, held in April 2021: 60 lessons, 1,500 yuan."""
    return "classes", plain.klass(class_id, **({"standard_yuan": "1500", "institution_id": "~I"} | changes))


def trainee(class_id: str = "~A", person: str = "~p", **changes: object) -> Row:
    """A veteran who completed."""
    return "enrollments", plain.trainee(class_id, person, **changes)


def certificate(person: str = "~p", class_id: str | None = "~A", **changes: object) -> Row:
    """A passed assessment of the class with a skill-level certificate."""
    row = plain.assessment(person, class_id=class_id, assessment_batch=f"~{class_id}")
    return "certifications", row | changes


def claim(claim_id: str = "~C", **changes: object) -> Row:
    """A paid training claim of 1,000 yuan for class A."""
    return "claims", plain.claim(claim_id, **({"class_id": "~A", "payee_id": "~I"} | changes))


def month(number: int, employer: str = "~E", first: str = "2020-07", person: str = "~p", **changes: object) -> Row:
    """The paid work-for-training claim of a person for the number-th month from `first`: 300 yuan."""
    year, start = map(int, first.split("-"))
    year, start = year + (start + number - 2) // 12, (start + number - 2) % 12 + 1
    row = {
        "class_id": None, "person_key": person, "payee_kind": "enterprise", "payee_id": employer,
        "subsidy_kind": "on_the_job",
        "ojt_month": f"{year}-{start:02}-01", "claimed_yuan": "300", "paid_yuan": "300", "claimed_on": "2021-01-10",
    }  # fmt: skip
    return claim(f"~J{employer[1:]}{number}", **(row | changes))


def row(dataset: str, **columns: object) -> Row:
    """A row of any dataset."""
    return dataset, columns


def spell(person: str = "~p", starts_on: str = "2021-01-01", ends_on: str | None = None, **changes: object) -> Row:
    """A pension spell with employer E."""
    return "employment", plain.spell(person, starts_on, ends_on, **({"employer_id": "~E"} | changes))


def _own(value: object, name: str) -> object:
    if isinstance(value, str):
        return value.replace("~", f"{name}.")
    return [_own(item, name) for item in value] if isinstance(value, list) else value


def build(home: Home, cases: Iterable[Case], data_date: str, packs: list | None = None) -> duckdb.DuckDBPyConnection:
    """All cases in one home, one submission per dataset and unit (`unit` in a row, default 500103), built once.

    `packs`: policy packs in place of those in use.
    """
    slots: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for each in cases:
        for dataset, columns in each.rows:
            own = {name: _own(value, each.name) for name, value in columns.items()}
            slots[dataset, str(own.pop("unit", "500103"))].append(own)
    for (dataset, unit), rows in slots.items():
        home.submit(dataset, rows, unit=unit)
    return home.build(data_date=data_date, policy=True, packs=packs)


SUBJECT = {
    "training": "class_id || '/' || person_key", "class": "class_id", "claim": "claim_id", "employer": "employer_id",
    "institution": "institution_id", "ledger_line": "subject_id", "project": "subject_id",
    "unit": "concat_ws('/', reporting_unit, subject_id)",
}  # fmt: skip


def findings(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str | None]]:
    """(test, rule, subject, yuan) of every finding."""
    subject = " ".join(f"when '{kind}' then {sql}" for kind, sql in SUBJECT.items())
    return connection.execute(
        f"select test, rule_id, case subject_kind {subject} end, amount_yuan::varchar from marts.mart_finding order by all"
    ).fetchall()


def dues(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str | None]]:
    """('due', kind, subject, yuan) of every row of mart_subsidy_due, and so 'claimed', 'approved' and 'paid'."""
    return [
        (name, *row)
        for name in ("due", "claimed", "approved", "paid")
        for row in connection.execute(
            f"select subsidy_kind, class_id || '/' || person_key, {name}_yuan::varchar from marts.mart_subsidy_due order by all"
        ).fetchall()
    ]


def _is_of(name: str, subject: str | None) -> bool:
    """Whether a subject begins with the case's own ids, or is the district the case is named after."""
    return subject is not None and (subject == name or subject.startswith((f"{name}.", f"{name}/")))


def found(case_: Case, results: list[tuple[str, str, str, str | None]]) -> list[str]:
    """What a case gave, written as it is expected: with yuan only where an expectation names yuan."""
    with_yuan = any(" " in text for text in case_.expect)
    tests = case_.about.split()
    return sorted(
        subject.replace(f"{case_.name}.", "").removeprefix(case_.name) + (f" {yuan}" if with_yuan else "")
        for test, rule, subject, yuan in results
        if _is_of(case_.name, subject) and (test in tests or f"{rule}:{test}" in tests)
    )
