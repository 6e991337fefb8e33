"""Two policy documents side by side: dates, limits, rates, lists, catalogues and tests in which they differ.

Not here: what the difference does to findings and money (`trial.py`), reading packs (`packs.py`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from orchestration.policy.packs import TABLES, Pack

FACTS = ("document_no", "title", "issued_on", "issuer", "status", "scope", "supersedes")
# what of a rule is compared in one and the same document
RULE = ("clause", "state", "needs", "quote", "formula", "ambiguity", "reading", "message_zh")
Side = dict[str, str]


def side_by_side(first: Pack, second: Pack) -> list[dict[str, Any]]:
    """What differs, one record each: kind (document, parameter, rate, category, catalogue, rule), name, and a value per side.

    The sides are named by their documents, a changed copy of the same document `<name>*`. Of a list only the members that the
    other side lacks are told, of a rule its id, severity and days; two versions of one document are compared rule by rule.
    """
    names = (first.name, second.name if second.name != first.name else f"{second.name}*")
    records = []
    for kind, tell in (
        ("document", _facts), ("parameter", _values), ("rate", _values), ("category", _members), ("catalogue", _members),
        ("rule", _tests),
    ):  # fmt: skip
        sides = [tell(pack, kind) for pack in (first, second)]
        if kind in ("category", "catalogue"):
            sides = [_lacking(sides[0], sides[1]), _lacking(sides[1], sides[0])]
        if kind == "rule" and first.name == second.name:
            sides = [side | _words(pack) for side, pack in zip(sides, (first, second), strict=True)]
        for key in sorted(sides[0].keys() | sides[1].keys()):
            values = [side.get(key, "") for side in sides]
            if values[0] != values[1]:
                records.append({"kind": kind, "name": key, **dict(zip(names, values, strict=True))})
    return records


def _facts(pack: Pack, kind: str) -> Side:
    found = {key: pack.document.get(key) for key in FACTS}
    return {key: "；".join(value) if isinstance(value, list) else str(value or "") for key, value in found.items()}


def _span(row: dict[str, str]) -> str:
    """`2019-09-30..` from a day, `..2021-02-28` to one, nothing where both ends are open."""
    return f"{row['valid_from']}..{row['valid_to']}" if row["valid_from"] or row["valid_to"] else ""


def _values(pack: Pack, table: str) -> Side:
    """Values of a limit or rate with their days."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in pack.tables[table]:
        found["/".join(filter(None, (row[column] for column in TABLES[table][1])))].append(row)
    return {name: "、".join(_value(row) for row in rows) for name, rows in found.items()}


def _value(row: dict[str, str]) -> str:
    cap = f"≤{row['cap_yuan']}" if row.get("cap_yuan") else ""
    return " ".join(filter(None, (row["value"], cap, _span(row))))


def _members(pack: Pack, table: str) -> dict[str, list[str]]:
    """Members of each set or catalogue, with their condition and days."""
    group, member = ("category_set",) if table == "category" else ("catalogue", "item"), TABLES[table][1]
    found: dict[str, list[str]] = defaultdict(list)
    for row in pack.tables[table]:
        own = " ".join(filter(None, (*(row[column] for column in member if column not in group), _span(row))))
        found["/".join(filter(None, (row[column] for column in group)))].append(own)
    return found


def _lacking(mine: dict[str, list[str]], others: dict[str, list[str]]) -> Side:
    """The members of each list that the other side lacks."""
    told = {
        name: [member for member in members if member not in others.get(name, ())] for name, members in mine.items()
    }
    return {name: "、".join(members) for name, members in told.items() if members}


def _tests(pack: Pack, table: str) -> Side:
    """Each test a document makes: its rules, severity and days."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in pack.tables[table]:
        if row["test"]:
            found[row["test"]].append(" ".join(filter(None, (row["rule_id"], row["severity"], _span(row)))))
    return {test: "、".join(rules) for test, rules in found.items()}


def _words(pack: Pack) -> Side:
    """What a document says by rule and column."""
    return {f"{row['rule_id']}/{column}": row[column] for row in pack.tables["rule"] for column in RULE}
