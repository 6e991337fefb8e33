"""The columns of a candidate, from its contract: what a rule may name and what the gate may expect in the Parquet file.

Not here: how a cell becomes a value (orchestration.intake) and what a row must satisfy (suites).
"""

from __future__ import annotations

from expectations.contract import Column, Contract

PLACE_COLUMNS = (
    ("row_id", "BIGINT"),
    ("file_no", "INTEGER"),
    ("file_name", "VARCHAR"),
    ("sheet", "VARCHAR"),
    ("row_no", "INTEGER"),
    ("slot_unit", "VARCHAR"),
    ("slot_period", "VARCHAR"),
)
TRAILING_COLUMNS = (("amount_fen", "BIGINT"), ("faults", "VARCHAR[]"), ("duplicate_of", "BIGINT"))

SQL_TYPES = {
    "text[]": "VARCHAR[]",
    "code[]": "VARCHAR[]",
    "date": "DATE",
    "month": "DATE",
    "year": "INTEGER",
    "int": "BIGINT",
    "decimal": "DECIMAL(18,4)",
    "money": "DECIMAL(18,2)",
    "timestamp": "TIMESTAMP",
    "bool": "BOOLEAN",
}


def candidate_column(column: Column) -> str | None:
    """The candidate column that stands for a contract column; None where the value stays in the vault only."""
    if column.type == "idcard":
        return "person_key"
    if column.is_personal:
        return "phone_key" if column.name == "phone" else None
    return column.name


def candidate_columns(contract: Contract) -> dict[str, str]:
    """Every column of a candidate of this dataset with its DuckDB type, in order."""
    columns = dict(PLACE_COLUMNS)
    for column in contract.columns:
        name = candidate_column(column)
        if name is None:
            continue
        columns[name] = "VARCHAR" if name != column.name else SQL_TYPES.get(column.type, "VARCHAR")
        if name == "person_key":
            columns |= {"birth_year": "INTEGER", "id_sex": "VARCHAR"}
    return columns | dict(TRAILING_COLUMNS)
