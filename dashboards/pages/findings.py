"""政策疑点: what the policies object to, rule by rule, with clause and evidence, down to the row of the file.

Not here: SQL (`queries/findings.py`), any person; the auditor alone gets a way to the person's archive.
"""

from __future__ import annotations

import json

from dashboards.charts.axis import money
from dashboards.charts.stages import stages
from dashboards.charts.style import palette
from dashboards.queries import findings, units
from dashboards.release import Row
from dashboards.vault import PERSON
from dashboards.view import Block, Choice, Column, Request, Table, Tile, View
from dashboards.words import Words, number

PATH = "/findings"
NAME = "findings"
NEEDS = ("mart_finding",)
IN_TABS = True
MOST = 2000
# As many rules as a reader takes in at one look; the table has them all.
DRAWN = 10
SEVERITIES = ("block", "flag", "preview")


def view(request: Request) -> View:
    """Findings of all rules, or of the rule (`k`), severity (`s`) and unit (`u`) in the address."""
    words, release, address = request.words, request.release, request.address
    known = findings.units_with_findings(release)
    unit = address.get("u") if address.get("u") in known else ""
    severity = address.get("s") or ""
    rules = [_rule(row, request) for row in findings.rules(release, severity, unit or "")]
    chosen = address.get("k") if any(row["rule_id"] == address.get("k") for row in rules) else ""
    # Of one rule the page speaks of that rule alone.
    totals = [row for row in rules if (row["rule_id"] == chosen if chosen else row["is_total"])]
    rows = [_finding(row, request) for row in findings.findings(release, severity, chosen or "", MOST, unit or "")]
    title = words("findings.of_rule", rule=chosen) if chosen else words("findings.all")
    blocks = [*_clause(request, chosen), Block("findings", title, _table(rows, request))]
    if not chosen:
        blocks = [*_rules(rules, request), *blocks, *_states(request)]
    return View(
        title=words("findings.title"),
        conclusion=[_sentence(row, words) for row in totals] or [words("findings.none")],
        tiles=[
            Tile(row["severity_label"], number(row["findings"]), words("findings.unit"),
                 words("findings.at_stake", amount=number(row["amount_yuan"], "yuan")))
            for row in totals
        ],
        blocks=blocks if rules else _states(request),
        choices=_choices(request, known, unit or "", severity),
        up=(words("findings.show_all"), str(address.with_(k=None))) if chosen else None,
        note=words("findings.note"),
    )  # fmt: skip


def _rule(row: Row, request: Request) -> Row:
    words = request.words
    return {
        **row,
        "severity_label": words.known(f"finding.{row['severity']}", row["severity"]),
        "label": words("report.total") if row["is_total"] else row["rule_id"],
        "message": "" if row["is_total"] else words.either(row, "message"),
        "address": None if row["is_total"] else request.address.with_(k=row["rule_id"]),
    }


def _finding(row: Row, request: Request) -> Row:
    words, address, key = request.words, request.address, str(row["person_key"] or "")
    return {
        **row,
        "message": words.either(row, "message"),
        "severity_label": words.known(f"finding.{row['severity']}", row["severity"]),
        "subject": row["class_id"] or row["claim_id"] or row["subject_id"],
        "address": address.to("/drill", c=row["class_id"]) if row["class_id"] else None,
        "evidence_label": evidence(row["evidence"], words),
        "place": _place(row, words),
        "period_label": words.period(row["period"]) if row["period"] else None,
        "person": words("person.link") if PERSON.fullmatch(key) else "",
        "person_address": address.to("/person", k=key) if PERSON.fullmatch(key) else None,
    }


def _place(row: Row, words: Words) -> str | None:
    if not row["file_name"]:
        return None
    sheet = words("findings.place_sheet", sheet=row["sheet"]) if row["sheet"] else ""
    return words("findings.place_of", file=row["file_name"], sheet=sheet, row=row["row_no"])


def evidence(text: str | None, words: Words) -> str:
    """Evidence as people read it: each part by its name, lists in a row."""
    parts = []
    for name, value in (json.loads(text) if text else {}).items():
        if value is None:
            continue
        if isinstance(value, bool):
            value = words("person.yes" if value else "person.no")
        elif isinstance(value, list):
            value = "、".join(str(one) for one in value)
        elif name.endswith("_yuan"):
            value = number(value, "yuan")
        parts.append(words("evidence.part", name=words.known(f"evidence.{name}", name.replace("_", " ")), value=value))
    return words("evidence.join").join(parts)


def _sentence(row: Row, words: Words) -> str:
    return words(
        "findings.sentence",
        severity=row["severity_label"],
        count=number(row["findings"]),
        amount=number(row["amount_yuan"], "yuan"),
    )


def _rules(rows: list[Row], request: Request) -> list[Block]:
    words = request.words
    columns = [
        Column("label", words("quality.rule"), link="address"),
        Column("severity_label", words("findings.severity")),
        Column("message", words("quality.message")),
        Column("findings", words("findings.count"), "count"),
        Column("amount_yuan", words("findings.amount"), "yuan"),
    ]
    drawn = [row for row in rows if not row["is_total"] and row["amount_yuan"]]
    drawn = sorted(drawn, key=lambda row: -row["amount_yuan"])[:DRAWN]
    for row in drawn:
        # Amount, rule and what it asks in one line: what a narrow screen has no room for is cut at the end.
        amount = number(row["amount_yuan"], "yuan")
        row |= {
            "drawn_as": f"<b>{amount}</b>　{row['rule_id']}　{row['message']}",
            "is_late": row["severity"] == "block",
        }
    bars = [
        {"label": row["drawn_as"], "text": "", "value": row["amount_yuan"], "is_late": row["is_late"]} for row in drawn
    ]
    axis = money(words, float(drawn[0]["amount_yuan"])) if drawn else None
    figure = stages(bars, palette(request.is_dark), axis) if len(drawn) > 1 else None
    return [Block("rules", words("findings.rules"), Table(columns, rows), figure, words("findings.caption"))]


def _clause(request: Request, rule: str | None) -> list[Block]:
    words, row = request.words, findings.clause(request.release, rule) if rule else None
    if row is None:
        return []
    facts = [
        {"name": words(f"findings.clause.{name}"), "value": value}
        for name, value in (
            ("title", words.either(row, "title")), ("document", f"{row['document_no']}　{row['document_title']}"),
            ("clause", row["clause"]), ("quote", row["quote"]), ("reading", row["reading"]),
            ("valid", f"{row['valid_from'] or ''} — {row['valid_to'] or ''}"),
        )
        if value
    ]  # fmt: skip
    columns = [Column("name", words("drill.fact")), Column("value", words("drill.value"))]
    return [Block("clause", words("findings.clause.heading", rule=rule), Table(columns, facts))]


def _states(request: Request) -> list[Block]:
    words = request.words
    rows = [
        {**row, "label": words.known(f"findings.state.{row['outcome']}", row["outcome"])}
        for row in findings.states(request.release)
    ]
    if not rows:
        return []
    columns = [
        Column("label", words("findings.state.heading")),
        Column("rules", words("findings.state.rules"), "count"),
        Column("findings", words("findings.count"), "count"),
        Column("amount_yuan", words("findings.amount"), "yuan"),
    ]
    return [Block("states", words("findings.state.title"), Table(columns, rows))]


def _table(rows: list[Row], request: Request) -> Table:
    words = request.words
    columns = [
        Column("rule_id", words("quality.rule")),
        Column("severity_label", words("findings.severity")),
        Column("subject", words("findings.subject"), link="address"),
        Column("message", words("quality.message")),
        Column("evidence_label", words("findings.evidence")),
        Column("amount_yuan", words("findings.amount"), "yuan"),
        Column("period_label", words("metadata.period")),
        Column("place", words("findings.place")),
    ]
    if request.scope.opens("person") and any(row["person"] for row in rows):
        columns.append(Column("person", words("person.title"), link="person_address"))
    return Table(columns, rows)


def _choices(request: Request, known: list[str], unit: str, severity: str) -> list[Choice]:
    words, address = request.words, request.address
    every = words("findings.every")
    options = [(every, address.with_(s=None, k=None))]
    options += [(words(f"finding.{one}"), address.with_(s=one, k=None)) for one in SEVERITIES]
    choices = [Choice(words("findings.severity"), options, words(f"finding.{severity}") if severity else every)]
    if len(known) > 1:
        name = words("reports.all_units")
        options = [(name, address.with_(u=None))]
        options += [(units.name(request.release, one, words), address.with_(u=one)) for one in known]
        chosen = units.name(request.release, unit, words) if unit else name
        choices.insert(0, Choice(words("targets.choose_unit"), options, chosen))
    return choices
