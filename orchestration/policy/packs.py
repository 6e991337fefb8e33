"""Policy packs (`data/policies/<jurisdiction>/<document>/`): read, checked, listed, compared, and given to a build as tables.

Not here: what a rule computes (`dbt_project/models/policy`) and any amount or limit, which stand in the packs only.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.errors import SkillhouseError
from orchestration.settings import PROJECT

PACKS = PROJECT / "data" / "policies"
MODELS = PROJECT / "dbt_project"

DOCUMENT = ("document", "jurisdiction", "document_no", "title", "issued_on", "issuer", "status", "scope", "supersedes",
            "text", "source")  # fmt: skip
# file -> (columns, columns that make one row of it the only one at a time)
TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "parameter": (
        ("parameter", "value", "unit", "per", "comparator", "valid_from", "valid_to", "rule_id", "clause", "quote", "note"),
        ("parameter",),
    ),
    "rate": (
        ("rate_kind", "major_group", "skill_levels", "certificate_kind", "value", "unit", "cap_yuan", "valid_from",
         "valid_to", "rule_id", "clause", "quote", "note"),
        ("rate_kind", "major_group", "skill_levels", "certificate_kind"),
    ),
    "category": (
        ("category_set", "category", "condition", "applies_to", "valid_from", "valid_to", "rule_id", "clause", "quote"),
        ("category_set", "category", "condition", "applies_to"),
    ),
    "catalogue": (
        ("catalogue", "item", "member", "valid_from", "valid_to", "rule_id", "clause", "quote"),
        ("catalogue", "item", "member"),
    ),
    "rule": (
        ("rule_id", "clause", "kind", "test", "jurisdiction", "subject_kind", "severity", "valid_from", "valid_to",
         "date_key", "yields_to_local", "state", "needs", "title_zh", "title_en", "quote", "formula", "ambiguity",
         "reading", "message_zh", "message_en"),
        ("rule_id", "test", "jurisdiction"),
    ),
}  # fmt: skip
FILES = {
    "parameter": "parameters",
    "rate": "rates",
    "category": "categories",
    "catalogue": "catalogues",
    "rule": "rules",
}


class PolicyError(SkillhouseError):
    """A pack that cannot be read, or a rule or document nobody wrote."""


@dataclass(frozen=True)
class Pack:
    """One document of one jurisdiction: its facts, its text (empty where only figures are known) and its tables."""

    folder: Path
    document: dict[str, Any]
    text: str
    tables: dict[str, list[dict[str, str]]]

    @property
    def name(self) -> str:
        return self.document["document"]

    @property
    def jurisdiction(self) -> str:
        return self.document["jurisdiction"]


def load_packs(folder: Path = PACKS) -> list[Pack]:
    """Every pack under `folder`, by jurisdiction and document; PolicyError when a file is missing or cannot be read."""
    return [load_pack(path.parent) for path in sorted(folder.glob("*/*/document.yml"))]


def load_pack(folder: Path) -> Pack:
    """The pack in one folder; PolicyError when a file of it is missing or cannot be read."""
    import yaml

    where = f"{folder.parent.name}/{folder.name}"
    try:
        document = yaml.safe_load((folder / "document.yml").read_text(encoding="utf-8"))
        text = (folder / document["text"]).read_text(encoding="utf-8") if document.get("text") else ""
        tables = {}
        for table, name in FILES.items():
            with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                tables[table] = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise PolicyError(
            f"政策包 {where} 无法读取（{type(error).__name__}）：请检查 document.yml 和五个 csv 文件。",
            f"Policy pack {where} cannot be read ({type(error).__name__}): check document.yml and the five csv files.",
        ) from error
    return Pack(folder, document, text, tables)


def pack_tables(packs: list[Pack] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Rows of given.policy_document, policy_parameter, policy_rate, policy_category, policy_catalogue and policy_rule.

    Every value is text, a blank is None, dates are ISO text. `jurisdiction` is the pack's; of a rule the one it binds.
    """
    tables: dict[str, list[dict[str, Any]]] = {f"policy_{name}": [] for name in ("document", *TABLES)}
    for pack in load_packs() if packs is None else packs:
        head = {"jurisdiction": pack.jurisdiction, "document": pack.name}
        facts = {
            key: pack.document.get(key) for key in DOCUMENT if key not in (*head, "text", "issued_on", "supersedes")
        }
        facts |= {
            "dated_on": pack.document.get("issued_on"),
            "supersedes": "；".join(pack.document.get("supersedes") or []),
        }
        tables["policy_document"].append(head | {key: _text(value) for key, value in facts.items()})
        for name, rows in pack.tables.items():
            for row in rows:
                tables[f"policy_{name}"].append(head | {key: _text(value) for key, value in row.items()})
    return tables


def _text(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


def check(packs: list[Pack] | None = None, models: Path = MODELS) -> list[str]:
    """What is wrong with the packs: columns, dates, overlaps, quotes not in the text, parameters no model uses."""
    from orchestration.policy.check import problems

    return problems(load_packs() if packs is None else packs, models)


def list_policies() -> list[dict[str, Any]]:
    """The documents, one record each, with how many rules, tests, parameters and rates they hold."""
    return [
        {
            key: pack.document.get(key)
            for key in ("jurisdiction", "document", "document_no", "title", "issued_on", "status")
        }
        | {
            "rules": len({row["rule_id"] for row in pack.tables["rule"]}),
            "tests": sum(bool(row["test"]) for row in pack.tables["rule"]),
            "parameters": len(pack.tables["parameter"]),
            "rates": len(pack.tables["rate"]),
        }
        for pack in load_packs()
    ]


def show_rule(rule_id: str, release_db: Path | str | None = None) -> dict[str, Any]:
    """One rule: clause, text, formula, reading, values, tests; with `release_db` also its findings in that release."""
    for pack in load_packs():
        rows = [row for row in pack.tables["rule"] if row["rule_id"] == rule_id]
        if not rows:
            continue
        shown: dict[str, Any] = {
            key: pack.document.get(key) for key in ("jurisdiction", "document_no", "title", "status")
        }
        facts = "rule_id clause title_zh title_en state needs quote formula ambiguity reading".split()
        shown |= {key: rows[0][key] for key in facts}
        tests = "test severity jurisdiction valid_from valid_to date_key subject_kind message_zh message_en".split()
        shown["tests"] = [{key: row[key] for key in tests} for row in rows if row["test"]]
        for table in ("parameter", "rate", "category", "catalogue"):
            shown[FILES[table]] = [
                {key: value for key, value in row.items() if value and key not in ("rule_id", "quote", "clause")}
                for row in pack.tables[table]
                if row["rule_id"] == rule_id
            ]
        if release_db is not None:
            shown["findings"] = _findings(rule_id, Path(release_db))
        return shown
    raise PolicyError(
        f"没有规则 {rule_id}：请用 skillhouse policy list 查看政策，规则编号形如 YZ2019-12d。",
        f"There is no rule {rule_id}: rule ids look like YZ2019-12d; see skillhouse policy list.",
    )


def _findings(rule_id: str, release_db: Path) -> list[dict[str, Any]]:
    import duckdb

    with duckdb.connect(str(release_db), read_only=True) as connection:
        rows = connection.execute(
            "select test, severity, reporting_unit, period, count(*), sum(amount_yuan) from marts.mart_finding"
            " where rule_id = ? group by all order by all",
            [rule_id],
        ).fetchall()
    names = ("test", "severity", "reporting_unit", "period", "findings", "amount_yuan")
    return [dict(zip(names, row, strict=True)) for row in rows]


def diff(a: str, b: str) -> list[dict[str, Any]]:
    """What differs between two documents, each given by name, by number, or by the folder of a pack."""
    from orchestration.policy.side_by_side import side_by_side

    return side_by_side(_pack(a), _pack(b))


def _pack(name: str) -> Pack:
    if (Path(name) / "document.yml").is_file():
        return load_pack(Path(name))
    packs = load_packs()
    for pack in packs:
        if name in (pack.name, pack.document["document_no"]):
            return pack
    known = "、".join(pack.name for pack in packs)
    raise PolicyError(
        f"没有政策文件 {name}：可选 {known}，或写政策包文件夹。",
        f"There is no policy document {name}: choose from {known}, or name the folder of a pack.",
    )
