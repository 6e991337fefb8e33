"""政策疑点: what the policies object to, rule by rule, and the row of the file that each finding rests on."""

from __future__ import annotations

from dashboards.queries import findings
from dashboards.view import Block, Column, Request, Table, Tile, View
from dashboards.words import Words, number

PATH = "/findings"
NAME = "findings"
NEEDS = ("mart_finding",)
IN_TABS = True
MOST = 2000


def view(request: Request) -> View:
    """Findings of all rules, or of the rule in the address (`k`)."""
    words, release, address = request.words, request.release, request.address
    rules = findings.rules(release)
    for row in rules:
        row["severity_label"] = words.known(f"finding.{row['severity']}", row["severity"])
        row["label"] = words("report.total") if row["is_total"] else row["rule_id"]
        row["message"] = "" if row["is_total"] else words.either(row, "message")
        row["address"] = None if row["is_total"] else address.with_(k=row["rule_id"])
    totals = [row for row in rules if row["is_total"]]
    chosen = address.get("k") if any(row["rule_id"] == address.get("k") for row in rules) else ""
    rows = findings.findings(release, "", chosen or "", MOST)
    for row in rows:
        row["message"] = words.either(row, "message")
        row["severity_label"] = words.known(f"finding.{row['severity']}", row["severity"])
        row["subject"] = row["class_id"] or row["claim_id"] or row["subject_id"]
        row["address"] = address.to("/drill", c=row["class_id"]) if row["class_id"] else None
    title = words("findings.of_rule", rule=chosen) if chosen else words("findings.all")
    return View(
        title=words("findings.title"),
        conclusion=[_sentence(row, words) for row in totals] or [words("findings.none")],
        tiles=[
            Tile(row["severity_label"], number(row["findings"]), words("unit_of_measure.count"),
                 words("findings.at_stake", amount=number(row["amount_yuan"], "yuan")))
            for row in totals
        ],
        blocks=[
            Block("rules", words("findings.rules"), _rules_table(rules, words)),
            Block("findings", title, _table(rows, words)),
        ] if rules else [],
        links=[(words("findings.show_all"), str(address.with_(k=None)))] if chosen else [],
        note=words("findings.note"),
    )  # fmt: skip


def _sentence(row: dict, words: Words) -> str:
    return words(
        "findings.sentence",
        severity=row["severity_label"],
        count=number(row["findings"]),
        amount=number(row["amount_yuan"], "yuan"),
    )


def _rules_table(rows: list, words: Words) -> Table:
    columns = [
        Column("label", words("quality.rule"), link="address"),
        Column("severity_label", words("findings.severity")),
        Column("message", words("quality.message")),
        Column("findings", words("findings.count"), "count"),
        Column("amount_yuan", words("findings.amount"), "yuan"),
    ]
    return Table(columns, rows)


def _table(rows: list, words: Words) -> Table:
    columns = [
        Column("rule_id", words("quality.rule")),
        Column("severity_label", words("findings.severity")),
        Column("subject", words("findings.subject"), link="address"),
        Column("message", words("quality.message")),
        Column("amount_yuan", words("findings.amount"), "yuan"),
        Column("period", words("metadata.period")),
        Column("file_name", words("metadata.file_name")),
        Column("sheet", words("quality.sheet")),
        Column("row_no", words("quality.row_no"), "count"),
    ]
    return Table(columns, rows)
