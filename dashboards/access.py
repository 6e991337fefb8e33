"""Who may see which rows: the one place where a reader's limit is applied.

A release is opened once per scope, as a database that holds nothing but views: each view is a mart with the rows and
columns of that scope. Pages, exports and reports ask these views, so no query can forget the limit, and no argument of
a request takes part in it. Not here: who the reader is (`identity.py`), what is asked (`queries/`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

ROLES = ("planner", "city_planner", "finance", "steward", "auditor", "public")
# Whoever sits at the machine: reads all units, as the files themselves can be read there; reveals nobody.
LOCAL = "local"

# Published lists without rows of anybody: every reader may see them whole.
OPEN = frozenset(
    {
        "mart_allocation_formula",
        "mart_indicator_definition",
        "mart_policy_rule",
        "dim_occupation",
        "dim_period",
        "dim_unit",
        "dim_institution",
    }
)
# How figures are made, the same for everybody inside: no row of anybody either.
SHARED = OPEN | {"mart_indicator_source", "mart_allocation_formula", "mart_review_coefficient"}
# One row per person: the auditor's.
ONE_PERSON = frozenset({"mart_person_archive", "mart_limit_use"})
_PERSONS = frozenset({"fct_training", "fct_certification", "fct_employment"})
_FUNDS = frozenset({"mart_fund_position", "mart_fund_reconciliation", "mart_allocation", "mart_allocation_part",
                     "mart_allocation_measure", "mart_allocation_change", "fct_ledger_line"})  # fmt: skip
CLOSED: dict[str, frozenset[str]] = {
    "finance": _PERSONS | {"mart_quarantine", "mart_quality"},
    "steward": _FUNDS,
}
PAGES: dict[str, frozenset[str]] = {
    "finance": frozenset(
        {"overview", "targets", "funds", "allocation", "findings", "reports", "glossary", "sources", "help"}
    ),
    "steward": frozenset(
        {"overview", "targets", "findings", "drill", "quality", "reports", "glossary", "sources", "help"}
    ),
    "public": frozenset({"public", "glossary", "help"}),
}
# Pages that one role alone may open.
RESERVED = {"person": "auditor", "public": "public"}

# Columns by which a row belongs to a unit, the first that a table has.
_UNIT = ("reporting_unit", "unit_code", "allocator_unit")
# What names a person, as everybody but the auditor sees it: distinct persons stay distinct, under names that hold for
# one opening of one release and open no archive.
_HIDDEN = {
    "person_key": "md5('{salt}' || person_key)",
    # A private payee is a person too.
    "payee_id": "case when length(payee_id) = 32 then md5('{salt}' || payee_id) else payee_id end",
    "evidence": "regexp_replace(evidence::varchar, '[0-9a-f]{32}', '-', 'g')",
}


@dataclass(frozen=True)
class Scope:
    """What a reader may see: a role, and the reporting units of its rows (None: all)."""

    role: str = LOCAL
    units: tuple[str, ...] | None = None

    def opens(self, page: str) -> bool:
        """Whether the role has the page of this name."""
        if page in RESERVED:
            return self.role == RESERVED[page]
        return page in PAGES[self.role] if self.role in PAGES else True

    def covers(self, unit: str) -> bool:
        """Whether rows of the unit may be seen."""
        return self.units is None or unit in self.units


WHOLE = Scope()


def statements(tables: dict[str, list[str]], source: str, scope: Scope) -> Iterable[str]:
    """One `create view` for each mart that the scope may see; `tables` gives columns by mart, `source` their schema.

    A table that says of no row whose it is stays closed to a reader of some units.
    """
    salt = secrets.token_hex(16)
    for table, columns in sorted(tables.items()):
        where = _limit(table, columns, source, scope)
        if where is None:
            continue
        hidden = [
            f"{_HIDDEN[name].replace('{salt}', salt)} as {name}"
            for name in _HIDDEN
            if name in columns and scope.role != "auditor"
        ]
        chosen = f"* replace ({', '.join(hidden)})" if hidden else "*"
        yield f"create view marts.{_name(table)} as select {chosen} from {source}.{_name(table)} where {where}"


def _limit(table: str, columns: list[str], source: str, scope: Scope) -> str | None:
    """The condition on rows of a table; None where the scope does not see the table at all."""
    if table in CLOSED.get(scope.role, frozenset()) or (table in ONE_PERSON and scope.role != "auditor"):
        return None
    if scope.role == "public" and table not in OPEN:
        # Figures reach the public through disclosure control alone (`public.py`), never as rows.
        return None
    conditions = []
    if scope.units is not None and table not in SHARED:
        mine = ", ".join(_text(unit) for unit in scope.units) or "''"
        unit = next((name for name in _UNIT if name in columns), None)
        if unit is not None:
            conditions.append(f"{unit} in ({mine})")
        elif "class_id" in columns:
            conditions.append(f"class_id in (select class_id from {source}.dim_class where reporting_unit in ({mine}))")
        else:
            return None
    return " and ".join(f"({one})" for one in conditions) or "true"


def _name(table: str) -> str:
    return '"' + table.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
