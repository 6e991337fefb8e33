"""个人档案: what the release holds of one person, for the auditor alone; who it is stays masked until it is revealed.

Not here: the reveal itself (`dashboards/reveal.py`), any personal value.
"""

from __future__ import annotations

from dashboards.queries import person
from dashboards.reveal import form
from dashboards.vault import PERSON
from dashboards.view import Block, Column, Request, Table, View
from dashboards.words import Words

PATH = "/person"
NAME = "person"
NEEDS = ("fct_training",)
IN_TABS = False
MASK = "＊＊＊＊＊＊"
AMOUNTS = ("claimed_yuan", "paid_yuan", "recovered_yuan", "amount_yuan")
LISTS = ("training_type", "skill_level", "subsidy_kind", "claim_status", "certificate_kind", "insurance_kind")


def view(request: Request) -> View:
    """The archive of the person whose key is in the address (`k`)."""
    words, key = request.words, request.address.get("k") or ""
    found = {table: person.rows(request.release, table, key) for table in person.TABLES if PERSON.fullmatch(key)}
    if not any(found.values()):
        return View(title=words("person.title"), conclusion=[words("person.none")])
    masked = [{"name": words(f"person.{field}"), "value": MASK} for field in ("person_name", "person_id", "phone")]
    pair = [Column("name", words("drill.fact")), Column("value", words("drill.value"))]
    blocks = [Block("identity", words("person.identity"), Table(pair, masked), description=words("person.masked"))]
    for table, rows in found.items():
        if rows:
            blocks.append(Block(table, words(f"person.{table}"), _table(table, rows, words)))
    counts = {table: len(rows) for table, rows in found.items()}
    return View(
        title=words("person.title"),
        conclusion=[words("person.sentence", **counts)],
        blocks=blocks,
        note=words("person.note"),
        parts=form(words, key),
    )


def _table(table: str, rows: list, words: Words) -> Table:
    fields = [field.strip() for field in person.TABLES[table].split(",")]
    fields = [field for field in fields if field not in ("submission_id", "message_en", "message_zh")]
    for row in rows:
        row |= {field: words.member(field, row[field]) for field in LISTS if row.get(field)}
        row |= {field: words("person.yes" if row[field] else "person.no") for field in row if field.startswith("is_")}
        row["severity"] = words.known(f"finding.{row.get('severity')}", str(row.get("severity") or ""))
    columns = [
        Column(field, words(f"person.column.{field}"), "yuan" if field in AMOUNTS else "text") for field in fields
    ]
    return Table(columns, rows)
