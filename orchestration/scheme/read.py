"""Schemes of review and allocation (`data/policies/<jurisdiction>/schemes/<name>.yml`): read, checked, given as tables.

The shape is `data/policies/scheme.schema.json`; what a scheme may name is `data/policies/measures.yml` and the indicators.
Not here: what is wrong with a scheme (`scheme/check.py`), scores (`dbt_project/models/intermediate/review`), allocation.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expectations.sql import literal
from orchestration.errors import SkillhouseError
from orchestration.settings import PROJECT

PACKS = PROJECT / "data" / "policies"

# table -> column -> DuckDB type; one row per scheme, per subject kind and line, per subject kind and grade, per factor, per
# factor and unit, per check on gaming
TABLES: dict[str, dict[str, str]] = {
    "scheme": {
        "scheme": "VARCHAR", "jurisdiction": "VARCHAR", "prefix": "VARCHAR", "status": "VARCHAR", "is_default": "BOOLEAN",
        "method": "VARCHAR", "title_zh": "VARCHAR", "title_en": "VARCHAR", "note_zh": "VARCHAR", "note_en": "VARCHAR",
        "documents": "VARCHAR", "sha256": "VARCHAR", "minimum_coverage": "DECIMAL(6,2)", "recipients": "VARCHAR",
        "floor_of_last_year": "DECIMAL(9,4)", "floor_of_pool": "DECIMAL(9,4)", "floor_yuan": "DECIMAL(18,2)",
        "cap_of_last_year": "DECIMAL(9,4)", "cap_of_pool": "DECIMAL(9,4)", "cap_yuan": "DECIMAL(18,2)",
    },
    "scheme_indicator": {
        "scheme": "VARCHAR", "subject_kind": "VARCHAR", "line_no": "INTEGER", "indicator_code": "VARCHAR",
        "level1": "VARCHAR", "level2": "VARCHAR", "label_zh": "VARCHAR", "label_en": "VARCHAR", "weight": "DECIMAL(6,2)",
        "kind": "VARCHAR", "unit_of_measure": "VARCHAR", "is_sampled": "BOOLEAN",
        "direction": "VARCHAR", "rule": "VARCHAR", "target_from": "VARCHAR", "target_value": "DOUBLE", "cap": "DOUBLE",
        "basis": "VARCHAR", "minimum_sample": "INTEGER", "step_at": "DOUBLE[]", "step_share": "DOUBLE[]",
        "points_per_unit": "DOUBLE", "maximum_points": "DOUBLE", "reason": "VARCHAR", "clause": "VARCHAR",
    },
    "scheme_grade": {
        "scheme": "VARCHAR", "subject_kind": "VARCHAR", "grade_no": "INTEGER", "grade": "VARCHAR", "label_zh": "VARCHAR",
        "label_en": "VARCHAR", "from_score": "DECIMAL(6,2)", "consequence": "VARCHAR", "quota_change": "DECIMAL(6,4)",
        "reason": "VARCHAR", "clause": "VARCHAR",
    },
    "scheme_factor": {
        "scheme": "VARCHAR", "factor_no": "INTEGER", "factor": "VARCHAR", "label_zh": "VARCHAR", "label_en": "VARCHAR",
        "share": "DECIMAL(6,2)", "measure": "VARCHAR", "times": "VARCHAR", "floor": "DOUBLE", "cap": "DOUBLE",
        "document": "VARCHAR", "reason": "VARCHAR", "clause": "VARCHAR",
    },
    "scheme_coefficient": {
        "scheme": "VARCHAR", "factor_no": "INTEGER", "reporting_unit": "VARCHAR", "coefficient": "DOUBLE",
    },
    "review_check": {
        "code": "VARCHAR", "zh": "VARCHAR", "en": "VARCHAR", "threshold": "DOUBLE", "minimum_count": "INTEGER",
        "clause": "VARCHAR", "what_zh": "VARCHAR", "what_en": "VARCHAR",
    },
}  # fmt: skip
KINDS = ("district", "institution", "base", "project_class")


class SchemeError(SkillhouseError):
    """A scheme that cannot be read, breaks a rule of schemes, or is not there."""


@dataclass(frozen=True)
class Scheme:
    """One scheme as its file gives it, and the hash of that file."""

    content: dict[str, Any]
    sha256: str
    path: Path

    @property
    def name(self) -> str:
        return self.content["scheme"]


def load_schemes(folder: Path = PACKS) -> list[Scheme]:
    """Every scheme of the packs, checked, by jurisdiction and name. SchemeError names the file and what to mend."""
    schemes = [load_scheme(path) for path in sorted(folder.glob("*/schemes/*.yml"))]
    names = [scheme.name for scheme in schemes]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SchemeError(
            f"方案名重复：{'、'.join(twice)}。请改名。", f"two schemes share a name: {', '.join(twice)}; rename one."
        )
    return schemes


def load_scheme(path: Path) -> Scheme:
    """One scheme file, checked. SchemeError if it cannot be read or breaks a rule."""
    import yaml

    from orchestration.scheme.check import problems

    try:
        raw = path.read_bytes()
        content = yaml.safe_load(raw.decode("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SchemeError(
            f"方案文件 {path.name} 无法读取（{type(error).__name__}）：请检查路径、UTF-8 编码和 YAML 缩进。",
            f"the scheme {path.name} cannot be read ({type(error).__name__}): check path, UTF-8 and YAML indentation.",
        ) from error
    found = problems(content)
    if found:
        more = f"（另有 {len(found) - 5} 处）" if len(found) > 5 else ""
        raise SchemeError(
            f"方案 {path.name} 不能使用：{'；'.join(zh for zh, _ in found[:5])}{more}。请改正后再试。",
            f"the scheme {path.name} cannot be used: {'; '.join(en for _, en in found[:5])}.",
        )
    return Scheme(content, hashlib.sha256(raw).hexdigest(), path)


def find_scheme(given: str) -> Scheme:
    """A scheme by the path of a file or by the name of one that ships. SchemeError if there is neither."""
    if Path(given).is_file():
        return load_scheme(Path(given))
    shipped = {scheme.name: scheme for scheme in load_schemes()}
    if given in shipped:
        return shipped[given]
    raise SchemeError(
        f"没有方案 {given}：请给出方案文件的路径，或写随附方案之一：{'、'.join(shipped)}。",
        f"no scheme {given}: give the path of a file, or one of {', '.join(shipped)}.",
    )


@cache
def _listed() -> dict[str, Any]:
    import yaml

    return yaml.safe_load((PACKS / "measures.yml").read_text(encoding="utf-8"))


def checks() -> list[dict[str, Any]]:
    """The checks on gaming, each with code, zh, en, what_zh, what_en, threshold, minimum_count, clause."""
    return _listed()["checks"]


@cache
def measures() -> dict[str, dict[str, Any]]:
    """Everything a scheme may name: indicators and measures, each with zh, en, unit, kind, use and evidence."""
    from orchestration.given import indicator_definitions

    listed = _listed()
    known = {
        item["code"]: {
            "zh": item["zh"], "en": item["en"], "unit": item["unit"], "kind": item["kind"], "use": ["indicator", "factor"],
            "evidence": listed["indicators"].get(item["code"], "records"),
            "is_sampled": item["code"] in listed["sampled"], "is_adjusted": item["code"] in listed["adjusted"],
        }
        for _, item in indicator_definitions()
    }  # fmt: skip
    for item in listed["measures"]:
        known[item["code"]] = {"kind": "ratio" if item["unit"] == "ratio" else "count", **item}
    return known


def prefix_of(jurisdiction: str) -> str:
    """The leading digits that the division codes below a jurisdiction share; none for the nation (000000)."""
    if jurisdiction == "000000":
        return ""
    for length in (2, 4):
        if jurisdiction[length:] == "0" * (6 - length):
            return jurisdiction[:length]
    return jurisdiction


def scheme_tables(schemes: list[Scheme]) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table of `TABLES`; a key that is missing is NULL."""
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    tables["review_check"] = checks()
    for scheme in schemes:
        content, name = scheme.content, {"scheme": scheme.name}
        tables["scheme"].append(name | _head(scheme))
        for kind in KINDS:
            for number, line in enumerate(content["indicators"].get(kind, []), start=1):
                tables["scheme_indicator"].append(name | {"subject_kind": kind, "line_no": number} | _line(line))
            if kind in content["indicators"]:
                grades = [g for g in content["grades"] if kind in g.get("subjects", KINDS)]
                for number, grade in enumerate(sorted(grades, key=lambda g: -g["from"]), start=1):
                    tables["scheme_grade"].append(name | {"subject_kind": kind, "grade_no": number} | _grade(grade))
        for number, factor in enumerate(content.get("allocation", {}).get("factors", []), start=1):
            own = name | {"factor_no": number}
            tables["scheme_factor"].append(own | _factor(factor))
            tables["scheme_coefficient"] += [
                own | {"reporting_unit": unit, "coefficient": value}
                for unit, value in factor.get("by_unit", {}).items()
            ]
    return tables


def _head(scheme: Scheme) -> dict[str, Any]:
    content = scheme.content
    allocation = content.get("allocation", {})
    row = {key: content[key] for key in ("jurisdiction", "status")} | {
        "prefix": prefix_of(content["jurisdiction"]), "is_default": content.get("default", False),
        "method": content.get("method", "weighted"), "minimum_coverage": content.get("minimum_coverage", 50),
        "documents": "；".join(content.get("documents", [])),
        "sha256": scheme.sha256, "recipients": allocation.get("recipients"),
        "title_zh": content["title"]["zh"], "title_en": content["title"]["en"],
        "note_zh": content["note"]["zh"], "note_en": content["note"]["en"],
    }  # fmt: skip
    for bound in ("floor", "cap"):
        row |= {f"{bound}_{key}": value for key, value in allocation.get(bound, {}).items() if key != "reason"}
    return row


def _line(line: dict[str, Any]) -> dict[str, Any]:
    known, target = measures()[line["measure"]], line.get("target")
    is_named = isinstance(target, str)
    words = line.get("label") or known
    kept = ("level1", "level2", "weight", "direction", "rule", "points_per_unit", "maximum_points", "reason", "clause")
    return {key: line.get(key) for key in kept} | {
        "indicator_code": line["measure"], "kind": known["kind"], "unit_of_measure": known["unit"],
        "is_sampled": known.get("is_sampled", False), "label_zh": words["zh"], "label_en": words["en"],
        "target_from": target if is_named else "none" if target is None else "value",
        "target_value": line.get("otherwise") if is_named else target,
        "cap": line.get("cap", 1), "basis": line.get("basis", "raw"), "minimum_sample": line.get("minimum_sample", 0),
        "step_at": [step["at"] for step in line.get("steps", [])],
        "step_share": [step["share"] for step in line.get("steps", [])],
    }  # fmt: skip


def _grade(grade: dict[str, Any]) -> dict[str, Any]:
    return {key: grade[key] for key in ("grade", "consequence", "reason", "clause")} | {
        "label_zh": grade["label"]["zh"], "label_en": grade["label"]["en"], "from_score": grade["from"],
        "quota_change": grade.get("quota_change", 0),
    }  # fmt: skip


def _factor(factor: dict[str, Any]) -> dict[str, Any]:
    kept = ("factor", "share", "measure", "times", "floor", "cap", "document", "reason", "clause")
    return {key: factor.get(key) for key in kept} | {
        "label_zh": factor["label"]["zh"],
        "label_en": factor["label"]["en"],
    }


def write_schemes(connection: Any, schemes: list[Scheme], schema: str = "given") -> None:
    """Create and fill the tables of `TABLES` in a schema of a DuckDB connection; `temp` for this connection alone."""
    temporary = "TEMP " if schema == "temp" else ""
    for name, rows in scheme_tables(schemes).items():
        columns = TABLES[name]
        declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        connection.execute(f"CREATE {temporary}TABLE {schema}.{name} ({declared})")
        if rows:
            values = ", ".join(f"({', '.join(_literal(row.get(column)) for column in columns)})" for row in rows)
            connection.execute(f"INSERT INTO {schema}.{name} VALUES {values}")


def _literal(value: Any) -> str:
    # literals, because DuckDB imports pandas, more than a second, for the first bound parameter
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return literal(value) if isinstance(value, str) else str(value)
