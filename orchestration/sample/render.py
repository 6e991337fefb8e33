"""How the canonical values of a dataset are spelled in a file: Chinese headers and labels, dates, money, lists.

The result is one SELECT of text columns (or, for Parquet, of typed canonical columns), built from the contract.
Not here: file formats and dirt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.contract import Column, Contract, code_lists, contracts
from expectations.sql import literal

EXPORT = Path(__file__).resolve().parent / "sql" / "export"
YEARLY = ("institutions", "projects", "enterprises", "targets", "workforce_stats", "fund_quota")
QUARTERLY = (
    "classes",
    "enrollments",
    "attendance",
    "certifications",
    "employment",
    "claims",
    "fund_ledger",
    "followups",
    "inspections",
    "publications",
)
TYPES = {
    "text[]": "VARCHAR[]",
    "code[]": "VARCHAR[]",
    "month": "DATE",
    "date": "DATE",
    "year": "INTEGER",
    "int": "BIGINT",
    "decimal": "DECIMAL(18,4)",
    "money": "DECIMAL(18,2)",
    "timestamp": "TIMESTAMP",
    "bool": "BOOLEAN",
}
NUMBERS = ("int", "decimal", "money")


@dataclass(frozen=True)
class Slot:
    """One folder of the drop: a quarter, or a year (`quarter` is then 0)."""

    period: str
    year: int
    quarter: int
    from_on: str
    to_on: str
    datasets: tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """How a file spells things: the strftime pattern of dates, whether spells are written as months."""

    dates: str = "%Y-%m-%d"
    months: bool = False


def source_sql(dataset: str, slot: Slot) -> str:
    """The canonical SELECT of one dataset for one slot."""
    text = (EXPORT / f"{dataset}.sql").read_text(encoding="utf-8").strip()
    values = {
        "from": f"DATE '{slot.from_on}'",
        "to": f"DATE '{slot.to_on}'",
        "quarter": str(slot.quarter),
        "year": str(slot.year),
    }
    return re.sub(r"\$(from|to|quarter|year)\b", lambda m: values[m[1]], text)


def labels(code_list: str) -> str:
    """The labels of a code list as an SQL map from code to label."""
    pairs = ", ".join(f"{literal(c.code)}: {literal(c.label_zh)}" for c in code_lists()[code_list])
    return f"MAP {{{pairs}}}"


def _text(column: Column, style: Style) -> str:
    name = f'"{column.name}"'
    if column.type == "code[]":
        return f"array_to_string(list_transform({name}, lambda x: {labels(column.code_list)}[x]), '、')"
    if column.name == "selection_flags":
        return f"array_to_string(list_transform({name}, lambda x: {labels(column.name)}[x]), '、')"
    if column.type == "text[]":
        return f"array_to_string({name}, '、')"
    if column.type in ("code", "level"):
        return f"{labels(column.code_list)}[{name}::VARCHAR]"
    if column.type == "bool":
        return f"CASE {name} WHEN true THEN '是' WHEN false THEN '否' END"
    if column.type == "date":
        pattern = "%Y%m" if style.months and column.name in ("starts_on", "ends_on") else style.dates
        return f"CASE WHEN {name} = DATE '9999-12-31' THEN '无固定期限' ELSE strftime({name}::DATE, '{pattern}') END"
    if column.type == "month":
        return f"strftime({name}, '%Y%m')"
    if column.type == "timestamp":
        return f"strftime({name}, '%Y-%m-%d %H:%M')"
    if column.type == "money":
        return f"{name}::DECIMAL(18,2)::VARCHAR"
    if column.type == "decimal":
        return f"regexp_replace(regexp_replace({name}::DECIMAL(18,4)::VARCHAR, '0+$', ''), '\\.$', '')"
    return f"{name}::VARCHAR"


def present_columns(world: duckdb.DuckDBPyConnection, contract: Contract, source: str) -> list[Column]:
    """The contract's columns that the source gives; a twice-named column would be read wrongly, so it raises."""
    names = [row[0] for row in world.execute(f"DESCRIBE {source}").fetchall()]
    if len(names) != len(set(names)):
        raise ValueError(f"{contract.dataset}: a column is given twice")
    return [column for column in contract.columns if column.name in names]


def text_select(world: duckdb.DuckDBPyConnection, dataset: str, slot: Slot, style: Style) -> tuple[str, list[Column]]:
    """SELECT of text columns under their canonical names, in contract order, and those columns."""
    source = source_sql(dataset, slot)
    columns = present_columns(world, contracts()[dataset], source)
    parts = ", ".join(f'{_text(column, style)} AS "{column.name}"' for column in columns)
    return f"SELECT {parts} FROM ({source})", columns


def typed_select(world: duckdb.DuckDBPyConnection, dataset: str, slot: Slot) -> str:
    """SELECT of all contract columns, typed and canonical; NULL where the source gives none."""
    source = source_sql(dataset, slot)
    if dataset == "fund_ledger":
        source = f"SELECT * FROM ({source}) WHERE voucher_no IS NOT NULL"
    present = {column.name for column in present_columns(world, contracts()[dataset], source)}
    parts = []
    for column in contracts()[dataset].columns:
        value = f'"{column.name}"' if column.name in present else "NULL"
        parts.append(f'{value}::{TYPES.get(column.type, "VARCHAR")} AS "{column.name}"')
    return f"SELECT {', '.join(parts)} FROM ({source})"
