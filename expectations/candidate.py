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


def row_key(contract: Contract) -> str:
    """SQL over a candidate or the lake: the key of a row as 32 hex digits; NULL where a required part of it is blank.

    Reporting units share a key where the contract says so.
    """
    parts, required = (["slot_unit"] if contract.key_scope == "unit" else []), ["true"]
    for part in contract.key:
        column = next((c for c in contract.columns if c.name == part), None)
        name = "date_trunc('month', booked_on)" if column is None else candidate_column(column) or part
        parts.append(f"coalesce(lower(replace({name}::VARCHAR, ' ', '')), '')")
        required += [f"{name} IS NOT NULL"] if column is None or column.is_required else []
    return f"CASE WHEN {' AND '.join(required)} THEN md5(concat_ws(chr(31), {', '.join(parts)})) END"
