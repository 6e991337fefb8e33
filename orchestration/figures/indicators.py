"""The definitions of the indicators, read from the YAML beside their models, and given to a build as tables.

`given.indicator` holds one row per indicator, `given.indicator_source` one per side of it: the rows it is made of, as SQL.
Not here: what an indicator means (the YAML) and how it is computed (the models).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.settings import PROJECT

if TYPE_CHECKING:
    import duckdb

MODELS = PROJECT / "dbt_project" / "models"
SOURCE = MODELS / "marts" / "statistics" / "mart_indicator_source.yml"
WITHIN = "r.dated_on between w.starts_on and w.counts_to"
INDICATOR = (
    "indicator_code VARCHAR, label_zh VARCHAR, label_en VARCHAR, kind VARCHAR, unit_of_measure VARCHAR, formula_zh VARCHAR,"
    " formula_en VARCHAR, numerator_zh VARCHAR, denominator_zh VARCHAR, clause VARCHAR, convention VARCHAR, maturity VARCHAR,"
    " is_zero_when_empty BOOLEAN, model VARCHAR, sort_no INTEGER, datasets VARCHAR[],"
    " is_flow BOOLEAN, shown_unit VARCHAR"
)
SIDE = (
    "indicator_code VARCHAR, side VARCHAR, rows_name VARCHAR, rows_sql VARCHAR, condition_sql VARCHAR, amount_sql VARCHAR,"
    " measure_sql VARCHAR, measure VARCHAR, placed_sql VARCHAR, latest_sql VARCHAR,"
    " own_first VARCHAR, is_own_cause BOOLEAN, datasets VARCHAR[]"
)


def _meta(path: Path) -> list[tuple[str, dict]]:
    import yaml

    models = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return [(model["name"], model.get("config", {}).get("meta", {})) for model in models]


@cache
def indicator_definitions() -> list[tuple[str, dict]]:
    """(model, definition) of every indicator, read from the YAML beside the family models, in order of their `order`."""
    found = []
    for path in sorted(MODELS.rglob("int_indicator_*.yml")):
        for name, meta in _meta(path):
            found += [(name, item) for item in meta.get("indicators", [])]
    return sorted(found, key=lambda pair: (pair[1]["order"], pair[1]["code"]))


def write_indicators(connection: duckdb.DuckDBPyConnection) -> None:
    """Create and fill `given.indicator` and `given.indicator_source`."""
    connection.execute(f"CREATE TABLE given.indicator ({INDICATOR})")
    connection.execute(f"CREATE TABLE given.indicator_source ({SIDE})")
    rows, sides = [], []
    for model, item in indicator_definitions():
        rows.append([
            item["code"], item["zh"], item["en"], item["kind"], item["unit"], item["formula_zh"], item["formula_en"],
            item["numerator_zh"], item.get("denominator_zh"), item["clause"], item.get("convention"), item.get("maturity"),
            item["empty"] == 0, model, len(rows) + 1, item["datasets"],
            item.get("flow", False), item.get("shown_unit", item["unit"]),
        ])  # fmt: skip
        sides += _sides(item["code"], item)
    (_, meta), *_ = _meta_of_sources()
    for code, line in meta["lines"].items():
        sides += _sides(code, line)
    for table, filled in (("indicator", rows), ("indicator_source", sides)):
        marks = ", ".join("?" * len(filled[0]))
        connection.executemany(f"INSERT INTO given.{table} VALUES ({marks})", filled)


def _sides(code: str, item: dict) -> list[list]:
    (_, meta), *_ = _meta_of_sources()
    sides = []
    for side, traced in item["trace"].items():
        rows = meta["rows"][traced["rows"]]
        measure = traced.get("measure", "distinct" if "distinct" in traced else "sum")
        amount = str(traced.get("distinct", traced.get("amount", 1)))
        sides.append([
            code, side, traced["rows"], rows["sql"], str(traced["where"]), amount, meta["measures"][measure], measure,
            rows.get("placed", WITHIN), rows.get("latest"), rows.get("own_first"), rows.get("own_cause", False),
            traced.get("datasets", item["datasets"]),
        ])  # fmt: skip
    return sides


@cache
def _meta_of_sources() -> list[tuple[str, dict]]:
    return _meta(SOURCE)
