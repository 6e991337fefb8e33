"""What is given to a build besides submissions: code lists, divisions, occupations, policy tables; and the dbt YAML and
staging models that follow from the contracts.

Not here: the lake and control schemas (`build.py`), the content of policy packs (`policy/packs.py`), what a row must satisfy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.contract import Column, Contract, contracts
from orchestration.figures.indicators import indicator_definitions as indicator_definitions
from orchestration.figures.indicators import write_indicators
from orchestration.settings import PROJECT

if TYPE_CHECKING:
    import duckdb

    from orchestration.policy.packs import Pack

DBT = PROJECT / "dbt_project"
REFERENCE = PROJECT / "data" / "reference"

TYPES = {
    "int": "BIGINT", "year": "INTEGER", "decimal": "DECIMAL(18,4)", "money": "DECIMAL(18,2)", "date": "DATE",
    "month": "DATE", "timestamp": "TIMESTAMP", "bool": "BOOLEAN", "text[]": "VARCHAR[]", "code[]": "VARCHAR[]",
}  # fmt: skip
ROW_COLUMNS = {
    "submission_id": ("VARCHAR", "Submission that brought the row."),
    "slot_unit": ("VARCHAR", "Reporting unit of the submission."),
    "slot_period": ("VARCHAR", "Period of the submission."),
    "file_name": ("VARCHAR", "File the row stood in, base name."),
    "sheet": ("VARCHAR", "Sheet the row stood on."),
    "row_no": ("INTEGER", "Row number as the sheet shows it, from 1; in csv the record number, header = 1."),
    "amount_fen": ("BIGINT", "Sum of the amounts the row carries, in fen."),
}


def lake_name(column: Column) -> str | None:
    """The lake's name of a contract column; None for a personal column that never leaves the vault."""
    if column.type == "idcard":
        return "person_key"
    if column.name == "phone":
        return "phone_key"
    return None if column.is_personal else column.name


def lake_columns(contract: Contract) -> dict[str, tuple[str, str]]:
    """Columns of a dataset in the lake: name -> (DuckDB type, description), contract columns first."""
    columns: dict[str, tuple[str, str]] = {}
    for column in contract.columns:
        name = lake_name(column)
        if name is None:
            continue
        text = f"{column.header_zh}. {column.description}"
        columns[name] = (TYPES.get(column.type, "VARCHAR"), "Person as a keyed hash." if name == "person_key" else text)
    if "person_key" in columns:
        columns["birth_year"] = ("INTEGER", "Year of birth read from a resident ID number.")
        columns["id_sex"] = ("VARCHAR", "Sex read from a resident ID number: male, female.")
    return columns | ROW_COLUMNS


def write_given(connection: duckdb.DuckDBPyConnection) -> None:
    """Create and fill the schema `given` from `data/`; tables whose data is not there are empty."""
    connection.execute("CREATE SCHEMA given")
    codes = PROJECT / "data" / "contracts" / "codes.csv"
    connection.execute(
        "CREATE TABLE given.code AS SELECT code_list, code, label_zh, aliases_zh AS aliases, note"
        " FROM read_csv(?, all_varchar=true)",
        [str(codes)],
    )
    divisions = REFERENCE / "admin_divisions"
    connection.execute(
        """CREATE TABLE given.division AS
        SELECT code || '0000' AS code, name, 'province' AS level, NULL::VARCHAR AS parent_code FROM read_csv($p, all_varchar=true)
        UNION ALL SELECT code || '00', name, 'city', provinceCode || '0000' FROM read_csv($c, all_varchar=true)
        UNION ALL SELECT code, name, 'district', cityCode || '00' FROM read_csv($a, all_varchar=true)
        UNION ALL SELECT code, name, 'street', areaCode FROM read_csv($s, all_varchar=true)""",
        {
            "p": str(divisions / "provinces.csv"),
            "c": str(divisions / "cities.csv"),
            "a": str(divisions / "areas.csv"),
            "s": str(divisions / "streets_chongqing_dalian.csv"),
        },
    )
    connection.execute(
        "CREATE TABLE given.occupation AS SELECT code AS occupation_code, name AS occupation_name, 2022 AS edition,"
        " is_digital_S = '1' AS is_digital, is_green_L = '1' AS is_green, major_code, major_name,"
        " mid_code, mid_name, small_code, small_name FROM read_csv(?, all_varchar=true)",
        [str(REFERENCE / "occupation_dadian2022" / "occupations.csv")],
    )
    connection.execute(
        "CREATE TABLE given.new_occupation AS SELECT name AS occupation_name, code_2022 AS occupation_code,"
        " batch::INTEGER AS batch, published_date::DATE AS published_on, document_no FROM read_csv(?, all_varchar=true)",
        [str(REFERENCE / "new_occupations" / "new_occupations_2019_2021.csv")],
    )
    connection.execute(
        "CREATE TABLE given.occupation_alias AS SELECT name_before, name_2022, code_2022,"
        " edition_before::INTEGER AS edition_before, replaced_in::INTEGER AS replaced_in FROM read_csv(?, all_varchar=true)",
        [str(REFERENCE / "occupation_aliases" / "occupation_aliases.csv")],
    )
    connection.execute(
        "CREATE TABLE given.reporting_unit (reporting_unit VARCHAR, unit_name VARCHAR, parent_unit VARCHAR)"
    )
    own = REFERENCE / "reporting_units.csv"
    if own.is_file():
        connection.execute(
            "INSERT INTO given.reporting_unit SELECT code, name, parent_code FROM read_csv(?, all_varchar=true)",
            [str(own)],
        )
    write_indicators(connection)
    write_policies(connection)
    from orchestration.scheme.read import load_schemes, write_schemes

    write_schemes(connection, load_schemes())


def write_policies(connection: duckdb.DuckDBPyConnection, packs: list[Pack] | None = None) -> None:
    """The tables of the policy packs (default: those in use), text as given, days as DATE; what stood there is replaced."""
    from orchestration.policy.packs import TABLES, pack_tables

    for name, rows in pack_tables(packs).items():
        columns = list(rows[0]) if rows else ["jurisdiction", "document", *TABLES[name.removeprefix("policy_")][0]]
        kinds = ["DATE" if c in ("valid_from", "valid_to", "dated_on") else "VARCHAR" for c in columns]
        declared = ", ".join(f'"{c}" {kind}' for c, kind in zip(columns, kinds, strict=True))
        connection.execute(f"CREATE OR REPLACE TABLE given.{name} ({declared})")
        if rows:
            marks = ", ".join(f"?::{kind}" for kind in kinds)
            connection.executemany(
                f"INSERT INTO given.{name} VALUES ({marks})", [[row[c] for c in columns] for row in rows]
            )


def key_columns(contract: Contract) -> list[str]:
    """Key of a row in the lake, as SQL expressions; within one reporting unit it begins with `slot_unit`."""
    names = {"booked_month": "date_trunc('month', booked_on)", "person_id": "person_key"}
    key = [names.get(name, name) for name in contract.key]
    return ["slot_unit", *key] if contract.key_scope == "unit" else key


def derived_files() -> dict[Path, str]:
    """Every dbt file that follows from the contracts: path -> content."""
    files = {DBT / "models" / "sources" / "lake.yml": _sources_yaml()}
    for name, contract in contracts().items():
        folder = DBT / "models" / "staging"
        key = ", ".join(f'"{k}"' for k in key_columns(contract))
        files[folder / f"stg_{name}.sql"] = (
            f"-- {contract.title_zh}: newest row per key of the standing submissions.\n"
            f"{{{{ newest_row_per_key('{name}', [{key}]) }}}}\n"
        )
        files[folder / f"stg_{name}.yml"] = _staging_yaml(contract)
    return files


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _columns_yaml(columns: dict[str, tuple[str, str]], indent: str) -> str:
    return "".join(
        f"{indent}- {{name: {name}, data_type: {_quoted(kind)}, description: {_quoted(text)}}}\n"
        for name, (kind, text) in columns.items()
    )


def _sources_yaml() -> str:
    text = "# Written by `python -m orchestration.given` from data/contracts: change the contract, not this file.\n"
    text += "version: 2\nsources:\n  - name: lake\n    database: scratch\n    schema: lake\n"
    text += "    description: Standing submissions, one view per dataset.\n    tables:\n"
    place = {
        "slot_ends_on": ("DATE", "Last day of the submission's period."),
        "slot_days": ("INTEGER", "Days of the submission's period."),
    }
    for name, contract in contracts().items():
        what = _quoted(f"{contract.title_zh}. {contract.grain}")
        text += f"      - name: {name}\n        description: {what}\n        columns:\n"
        text += _columns_yaml(lake_columns(contract) | place, "          ")
    text += "      - {name: quarantine, description: 'One row per quarantined row and rule, of every submission committed.'}\n"
    text += "      - {name: mended, description: 'One row per row taken that an earlier submission had set aside.'}\n"
    return text


def _staging_yaml(contract: Contract) -> str:
    grain = f"One row per {', '.join(key_columns(contract))}: {contract.title_zh}, the newest row that stands."
    return (
        "# Written by `python -m orchestration.given` from data/contracts: change the contract, not this file.\n"
        f"version: 2\nmodels:\n  - name: stg_{contract.dataset}\n    description: {_quoted(grain)}\n"
        f"    config:\n      meta: {{grain: {_quoted(', '.join(key_columns(contract)))}}}\n    columns:\n"
        + _columns_yaml(lake_columns(contract), "      ")
    )


def main() -> None:
    """Write the derived dbt files."""
    for path, content in derived_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
