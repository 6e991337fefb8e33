"""The page `docs/policies/rules.md`: every rule of every pack with its state. `python -m orchestration.policy.page` writes it.

Not here: the packs (`policy/packs.py`) and what a rule computes (`dbt_project/models/policy`).
"""

from __future__ import annotations

from orchestration.policy.packs import Pack, load_packs
from orchestration.settings import PROJECT

PAGE = PROJECT / "docs" / "policies" / "rules.md"
STATES = {
    "computed": "computed: a test, an indicator or a mart answers it",
    "parameter": "parameter: a value, a date or a convention others use",
    "register": "register: the facts are kept, nothing is judged",
    "not_decidable": "not decidable: the data named is missing",
}


def rules_page(packs: list[Pack] | None = None) -> str:
    """The page as Markdown, from the packs."""
    packs = load_packs() if packs is None else packs
    lines = [
        "# Rules of the policy documents",
        "",
        "Written by `python -m orchestration.policy.page` from `data/policies`: change the pack, not this page.",
        "",
        *(f"- {text}" for text in STATES.values()),
    ]
    for pack in packs:
        if pack.tables["rule"]:
            lines += ["", *_document(pack)]
    return "\n".join(lines) + "\n"


def _document(pack: Pack) -> list[str]:
    facts = pack.document
    rules: dict[str, list[dict[str, str]]] = {}
    for row in pack.tables["rule"]:
        rules.setdefault(row["rule_id"], []).append(row)
    lines = [
        f"## {facts['document']}: {facts['title']}",
        "",
        f"{facts['document_no']}, {facts['issuer']}, {facts['issued_on'] or 'undated'}, {facts['status']}. {facts['scope']}.",
        "",
        "| rule | clause | what | state | tests, or what it needs | reading taken |",
        "|---|---|---|---|---|---|",
    ]
    for rule_id, rows in rules.items():
        first = rows[0]
        tests = ", ".join(f"`{row['test']}` ({row['severity']})" for row in rows if row["test"])
        cells = [
            rule_id,
            first["clause"],
            f"{first['title_zh']} {first['title_en']}",
            first["state"],
            "; ".join(filter(None, (tests, first["needs"]))),
            first["reading"],
        ]
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return lines


def main() -> None:
    """Write the page."""
    PAGE.write_text(rules_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
