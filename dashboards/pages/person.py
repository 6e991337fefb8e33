"""个人档案: what the release holds of one person, for the auditor alone; who it is stays masked until it is revealed.

Not here: the reveal itself (`dashboards/reveal.py`), any personal value.
"""

from __future__ import annotations

from dashboards.queries import person
from dashboards.release import Row
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
LISTS = ("training_type", "skill_level", "subsidy_kind", "claim_status", "certificate_kind", "insurance_kind",
         "completion", "result", "certificate_status")  # fmt: skip
# Kind of event, and the code lists of its detail and its outcome.
EVENTS = {
    "training": ("training_type", "completion"),
    "assessment": ("certificate_kind", "result"),
    "subsidy": ("subsidy_kind", "claim_status"),
    "employment": ("insurance_kind", "none"),
}


def view(request: Request) -> View:
    """The archive of the person whose key is in the address (`k`)."""
    words, key = request.words, request.address.get("k") or ""
    found = {table: person.rows(request.release, table, key) for table in person.TABLES if PERSON.fullmatch(key)}
    if not any(found.values()):
        return View(title=words("person.title"), conclusion=[words("person.none")])
    masked = [{"name": words(f"person.{field}"), "value": MASK} for field in ("person_name", "person_id", "phone")]
    pair = [Column("name", words("drill.fact")), Column("value", words("drill.value"))]
    blocks = [Block("identity", words("person.identity"), Table(pair, masked), description=words("person.masked"))]
    events = _events(request, key)
    if events:
        columns = [
            Column(name, words(f"person.event.{name}"), "yuan" if name == "amount_yuan" else "text")
            for name in ("event_on", "until_on", "kind", "detail", "outcome", "class_id", "occupation_name", "level",
                         "amount_yuan")
        ]  # fmt: skip
        blocks.append(Block("archive", words("person.event.title"), Table(columns, events)))
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


def _events(request: Request, key: str) -> list[Row]:
    words, rows = request.words, person.archive(request.release, key)
    for row in rows:
        detail, outcome = EVENTS.get(row["event_kind"], ("", ""))
        row["kind"] = words.known(f"person.event.{row['event_kind']}", row["event_kind"])
        row["detail"] = words.member(detail, row["detail_code"]) if row["detail_code"] else None
        row["outcome"] = _outcome(words, outcome, row["outcome_code"])
        row["level"] = words.member("skill_level", row["skill_level"]) if row["skill_level"] else None
    return rows


def _outcome(words: Words, code_list: str, code: str | None) -> str | None:
    """An outcome by its own list; a certificate that was revoked is told by the list of certificate states."""
    if not code:
        return None
    told = words.member(code_list, code)
    return words.member("certificate_status", code) if told == code else told


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
