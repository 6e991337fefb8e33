"""The typed table of a dataset: values and faults of every row, persons as keyed hashes, personal columns apart.

Not here: what a text means (values.sql, identity.sql), which row repeats which (`duplicates.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.contract import Column, Contract
from orchestration.intake import targets
from orchestration.intake.rows import is_month_like, values_list
from orchestration.intake.units import REFERENCE
from orchestration.intake.values import direct, is_direct

if TYPE_CHECKING:
    import duckdb

# permits of Hong Kong, Macau, Taiwan and foreigners may have 18 digits with the same check
_TEST_NAMES = "(测试|test|样例|示例)(学员|人员|用户|机构|班级|班|数据|企业)?[0-9a-z一二三四五六七八九十_-]{0,6}"


def write_areas(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `id_area` (code, last_year): every code an ID number may begin with, with the last year it was in use."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE id_area AS
        SELECT code, max(last_year) AS last_year FROM (
          SELECT code::VARCHAR AS code, last_year FROM read_csv('{REFERENCE}/address_code_history/address_code_ranges.csv', types = {{'code': 'VARCHAR'}})
          UNION ALL SELECT code, 9999 FROM read_csv('{REFERENCE}/admin_divisions/areas.csv', types = {{'code': 'VARCHAR'}})
          UNION ALL SELECT unnest(range(first_code, last_code + 1))::VARCHAR, 9999 FROM read_csv('{REFERENCE}/sample_divisions.csv')
          UNION ALL SELECT unnest(['810000', '820000', '830000']), 9999) GROUP BY code"""
    )


def _person_layer(contract: Contract, column: Column, source: str) -> str:
    """`source` with `p_id` (18 digits or other paper) and `p_fault` (short name) of the ID column added."""
    text = f"t_{column.name}"
    has_type = any(c.name == "id_type" for c in contract.columns)
    kind = "coalesce(i.v, 'resident_id')" if has_type else "'resident_id'"
    join = "LEFT JOIN d_id_type i ON s.t_id_type = i.t AND s.ctx_id_type = i.c" if has_type else ""
    first = f"""SELECT s.*, CASE WHEN is_blank_mark({text}) THEN NULL ELSE id_text({text}) END AS p_text, {kind} AS p_kind FROM {source} s {join}"""
    second = f"""SELECT *, CASE WHEN regexp_full_match(p_text, '\\d{{17}}[\\dX]') THEN p_text
          WHEN p_kind = 'resident_id' AND regexp_full_match(p_text, '\\d{{15}}') THEN id_upgraded(p_text) END AS p_long FROM ({first})"""
    third = """SELECT *, CASE
          WHEN p_text IS NULL THEN NULL
          WHEN is_error_text(p_text) THEN 'error_cell'
          WHEN is_damaged_number(p_text) THEN 'damaged'
          WHEN p_long IS NULL AND p_kind = 'resident_id' THEN 'unreadable'
          WHEN p_long IS NOT NULL AND p_kind <> 'passport' AND p_long[18] <> id_check(p_long) THEN 'checksum'
          WHEN p_long IS NOT NULL AND p_kind <> 'passport'
            AND coalesce(try_cast(p_long[7:10] || '-' || p_long[11:12] || '-' || p_long[13:14] AS DATE) NOT BETWEEN DATE '1880-01-01' AND DATE '2100-01-01', true)
            THEN 'birth_date' END AS p_bad FROM (""" + second + ")"
    return f"""SELECT *, CASE WHEN p_bad IS NULL THEN CASE
            WHEN p_long IS NOT NULL AND p_kind <> 'passport' THEN p_long WHEN p_text IS NOT NULL THEN p_kind || ':' || p_text END END AS p_id,
          CASE WHEN p_bad IS NULL AND p_long IS NOT NULL AND p_kind <> 'passport' THEN p_long END AS p_resident FROM ({third})"""


def build_typed(
    connection: duckdb.DuckDBPyConnection, contract: Contract, tables: dict[str, str], file_names: dict[int, str]
) -> None:
    """Table `typed`: place, values under the candidate's names, `raw_<column>` of faulty texts, faults; and `personal`."""
    connection.execute("CREATE OR REPLACE TEMP TABLE file (file_no INTEGER, file_name VARCHAR)")
    connection.execute(f"INSERT INTO file VALUES {values_list(list(file_names.items()))}")
    idcard = next((c for c in contract.columns if c.type == "idcard"), None)
    source = f"({_person_layer(contract, idcard, 'src')})" if idcard else "src"
    selects, faults, joins = [], ["s.pre_fault"], []
    for column in contract.columns:
        name = column.name
        if column is idcard:
            selects += _person_columns()
            faults += _person_faults(contract, name)
            joins.append("LEFT JOIN id_area area ON s.p_resident[1:6] = area.code")
        elif is_direct(column):
            value, fault = direct(column)
            if contract.dataset == "claims" and name == "payee_id":
                build_payees(connection)
                joins.append("LEFT JOIN d_payee_id ON s.t_payee_id = d_payee_id.t AND coalesce(s.t_payee_kind, '') = d_payee_id.k")
                value, fault = "d_payee_id.v", "d_payee_id.f"
            selects.append(f"{value} AS v_{name}")
            faults.append(fault)
        else:
            joins.append(_join(column, tables[name]))
            selects.append(f"{_late(contract, name)} AS v_{name}")
            faults.append(f"'{name}:' || v_{name}.f")
    faults += _test_and_name_faults(contract)
    listed = ", ".join(f for f in faults if f != "NULL::VARCHAR")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE typed AS
        SELECT s.row_id, s.file_no, file.file_name, s.sheet, s.row_no, s.slot_unit, s.slot_period, {", ".join(selects)},
        list_filter([{listed}], lambda f: f IS NOT NULL) AS faults, NULL::BIGINT AS duplicate_of
        FROM {source} s JOIN file USING (file_no) {" ".join(joins)}"""
    )


def _join(column: Column, table: str) -> str:
    name = column.name
    month = f" AND s.num_{name} = v_{name}.is_number AND s.file_no = v_{name}.file_no" if is_month_like(column.type, name) else ""
    return f"LEFT JOIN {table} AS v_{name} ON s.t_{name} = v_{name}.t AND s.ctx_{name} = v_{name}.c{month}"


def _late(contract: Contract, name: str) -> str:
    """Values that depend on a neighbour: a target's comparator and unit; a clock time on the day attended."""
    if contract.dataset == "targets" and name == "comparator":
        return targets.COMPARATOR.format(comparator="v_comparator.v", text="s.t_target_value")
    if contract.dataset == "targets" and name == "target_value":
        return targets.SCALED.format(
            unit="v_unit_of_measure.v", unit_text="s.t_unit_of_measure", value="v_target_value.v", text="s.t_target_value"
        )
    return f"v_{name}.v"


def _person_columns() -> list[str]:
    return [
        "CASE WHEN s.p_id IS NOT NULL THEN hmac_key(s.p_id) END AS v_person_key",
        "try_cast(s.p_resident[7:10] AS INTEGER) AS v_birth_year",
        "CASE WHEN s.p_resident IS NULL THEN NULL WHEN id_digit(s.p_resident, 17) % 2 = 1 THEN 'male' ELSE 'female' END AS v_id_sex",
        "coalesce(s.p_id, s.p_text) AS v_person_id",
    ]


def _person_faults(contract: Contract, name: str) -> list[str]:
    faults = [
        f"CASE WHEN s.p_bad IS NOT NULL THEN '{name}:' || s.p_bad END",
        f"CASE WHEN s.p_resident IS NOT NULL AND length(s.p_text) = 15 THEN '{name}:id_upgraded' END",
        f"""CASE WHEN s.p_resident IS NOT NULL AND coalesce(area.last_year, 0) < try_cast(s.p_resident[7:10] AS INTEGER)
            THEN '{name}:area_code' END""",
    ]
    if any(c.name == "sex" for c in contract.columns):
        faults.append(f"CASE WHEN (v_sex.v = 'male') <> (id_digit(s.p_resident, 17) % 2 = 1) THEN '{name}:sex' END")
    return faults


def _test_and_name_faults(contract: Contract) -> list[str]:
    names = [c for c in contract.columns if c.name in ("person_name", "institution_name", "employer_name", "project_name")]
    checks = [f"regexp_full_match(lower(compact(s.t_{c.name})), '{_TEST_NAMES}')" for c in names]
    faults = [f"CASE WHEN {' OR '.join(checks)} THEN '*:test_row' END"] if checks else []
    if any(c.name == "person_name" for c in names):
        damaged = r"[?？□■�\x{E000}-\x{F8FF}]"
        faults.append(f"CASE WHEN regexp_matches(s.t_person_name, '{damaged}') THEN 'person_name:name_damaged' END")
    return faults


def build_payees(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `d_payee_id` (t, k, v, f): a claim's payee is a credit code, or a person's key where it is an ID number.

    An ID number is keyed whatever the kind says, so that none is left in the open.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE d_payee_id AS
        WITH texts AS (SELECT DISTINCT t_payee_id AS t, coalesce(t_payee_kind, '') AS k, ctx_payee_kind AS c FROM src WHERE t_payee_id IS NOT NULL),
        forms AS (SELECT texts.*, d.v AS kind, id_text(texts.t) AS n, compact(texts.t) AS u FROM texts LEFT JOIN d_payee_kind d ON d.t = k AND d.c = texts.c),
        long AS (SELECT *, CASE WHEN regexp_full_match(n, '\\d{15}') THEN id_upgraded(n) WHEN regexp_full_match(n, '\\d{17}[\\dX]') THEN n END AS id FROM forms),
        judged AS (SELECT *, coalesce(id[18] = id_check(id) AND try_cast(id[7:10] || '-' || id[11:12] || '-' || id[13:14] AS DATE) IS NOT NULL, false) AS is_id
          FROM long),
        valued AS (SELECT *, CASE WHEN is_blank_mark(t) THEN NULL
          WHEN is_id AND (kind = 'individual' OR NOT is_credit_code(n)) THEN hmac_key(id)
          WHEN kind = 'individual' THEN NULL ELSE read_credit_code(u) END AS v FROM judged)
        SELECT t, k, v, CASE WHEN v IS NOT NULL OR is_blank_mark(t) THEN NULL
          WHEN is_error_text(t) THEN 'payee_id:error_cell' WHEN is_damaged_number(t) THEN 'payee_id:damaged'
          WHEN kind = 'individual' AND id IS NOT NULL THEN 'payee_id:checksum' ELSE 'payee_id:unreadable' END AS f FROM valued"""
    )
