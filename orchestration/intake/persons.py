"""The typed table of a dataset: values and faults of every row, persons as keyed hashes, personal columns apart.

Not here: what a text means (values.sql, identity.sql), which row repeats which (`duplicates.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.contract import Column, Contract
from orchestration.intake import targets
from orchestration.intake.periods import parse_period
from orchestration.intake.rows import is_month_like, values_list
from orchestration.intake.units import REFERENCE
from orchestration.intake.values import direct, is_direct

if TYPE_CHECKING:
    import duckdb

# the length is asked first: nearly every time comes with its day
_IS_CLOCK = "strlen(s.t_{0}) < 14 AND regexp_full_match(s.t_{0}, ' *[0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}})? *')"
# nobody is reported before birth: the end of the submission's period stands in for a clock
_UNBORN = "coalesce(p.born_on > e.ends_on, false)"
_TEST_NAMES = "(测试|test|样例|示例)(学员|人员|用户|机构|班级|班|数据|企业)?[0-9a-z一二三四五六七八九十_-]{0,6}"


def write_areas(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `id_area` (code, last_year): every code an ID number may begin with, with the last year it was in use."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE id_area AS
        SELECT code, max(last_year) AS last_year FROM (
          SELECT code::VARCHAR AS code, last_year
            FROM read_csv('{REFERENCE}/address_code_history/address_code_ranges.csv', types = {{'code': 'VARCHAR'}})
          UNION ALL SELECT code, 9999 FROM read_csv('{REFERENCE}/admin_divisions/areas.csv', types = {{'code': 'VARCHAR'}})
          UNION ALL SELECT unnest(range(first_code, last_code + 1))::VARCHAR, 9999
            FROM read_csv('{REFERENCE}/sample_divisions.csv')
          UNION ALL SELECT unnest(['810000', '820000', '830000']), 9999) GROUP BY code"""
    )


def _build_persons(
    connection: duckdb.DuckDBPyConnection, contract: Contract, column: str, tables: dict[str, str]
) -> None:
    """Table `d_person` (t, k, person_key, birth_year, born_on, id_sex, person_id, bad, notes): one row per ID text and id_type.

    A permit of Hong Kong, Macau, Taiwan or of a foreigner may have 18 digits with the same check; other papers are text.
    """
    has_type = "id_type" in tables
    kind, context = ("coalesce(t_id_type, '')", "ctx_id_type") if has_type else ("''", "0")
    join = f"LEFT JOIN {tables['id_type']} i ON i.t = k AND i.c = texts.c" if has_type else ""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE d_person AS
        WITH texts AS (SELECT DISTINCT t_{column} AS t, {kind} AS k, {context} AS c FROM src WHERE t_{column} IS NOT NULL),
        forms AS (SELECT texts.t, k, {"coalesce(i.v, 'resident_id')" if has_type else "'resident_id'"} AS kind,
          CASE WHEN NOT is_blank_mark(texts.t) THEN id_text(texts.t) END AS n FROM texts {join}),
        long AS (SELECT *, CASE WHEN kind = 'passport' THEN NULL WHEN regexp_full_match(n, '\\d{{17}}[\\dX]') THEN n
          WHEN kind = 'resident_id' AND regexp_full_match(n, '\\d{{15}}') THEN id_upgraded(n) END AS id FROM forms),
        judged AS (SELECT *, CASE
          WHEN n IS NULL THEN NULL
          WHEN is_error_text(n) THEN 'error_cell'
          WHEN is_damaged_number(n) THEN 'damaged'
          WHEN id IS NULL AND kind = 'resident_id' THEN 'unreadable'
          WHEN id IS NOT NULL AND id[18] <> id_check(id) THEN 'checksum'
          WHEN id IS NOT NULL AND coalesce(try_cast(id[7:10] || '-' || id[11:12] || '-' || id[13:14] AS DATE)
            NOT BETWEEN DATE '1880-01-01' AND DATE '2100-01-01', true) THEN 'birth_date' END AS bad FROM long)
        SELECT t, k, bad, CASE WHEN bad IS NULL THEN hmac_key(coalesce(id, kind || ':' || n)) END AS person_key,
          CASE WHEN bad IS NULL THEN try_cast(id[7:10] AS INTEGER) END AS birth_year,
          CASE WHEN bad IS NULL THEN try_cast(id[7:10] || '-' || id[11:12] || '-' || id[13:14] AS DATE) END AS born_on,
          CASE WHEN bad IS NOT NULL OR id IS NULL THEN NULL WHEN id_digit(id, 17) % 2 = 1 THEN 'male' ELSE 'female' END AS id_sex,
          coalesce(id, n) AS person_id, CASE WHEN bad IS NULL AND id <> n THEN 'id_upgraded' END AS upgraded,
          CASE WHEN bad IS NULL AND id IS NOT NULL AND coalesce(area.last_year, 0) < try_cast(id[7:10] AS INTEGER)
            THEN 'area_code' END AS area
        FROM judged LEFT JOIN id_area area ON id[1:6] = area.code"""
    )


def _write_slot_ends(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `slot_end` (slot_period, ends_on): the last day of every period that the rows are submitted for."""
    periods = connection.execute("SELECT DISTINCT slot_period FROM src WHERE slot_period IS NOT NULL").fetchall()
    ends = [(text, period.ends_on.isoformat()) for (text,) in periods if (period := parse_period(text))]
    connection.execute("CREATE OR REPLACE TEMP TABLE slot_end (slot_period VARCHAR, ends_on DATE)")
    if ends:
        connection.execute(f"INSERT INTO slot_end VALUES {values_list(ends)}")


def build_typed(
    connection: duckdb.DuckDBPyConnection, contract: Contract, tables: dict[str, str], file_names: dict[int, str]
) -> None:
    """Table `typed`: place, values under the candidate's names, `raw_<column>` of faulty texts, faults; and `personal`."""
    connection.execute("CREATE OR REPLACE TEMP TABLE file (file_no INTEGER, file_name VARCHAR)")
    connection.execute(f"INSERT INTO file VALUES {values_list(list(file_names.items()))}")
    selects, faults, joins, layers = [], ["s.pre_fault"], [], []
    for column in contract.columns:
        name = column.name
        if column.type == "idcard":
            _build_persons(connection, contract, name, tables)
            kind = "coalesce(s.t_id_type, '')" if "id_type" in tables else "''"
            joins.append(f"LEFT JOIN d_person p ON s.t_{name} = p.t AND {kind} = p.k")
            _write_slot_ends(connection)
            joins.append("LEFT JOIN slot_end e ON s.slot_period = e.slot_period")
            selects += [
                f"CASE WHEN NOT {_UNBORN} THEN p.person_key END AS v_person_key",
                f"CASE WHEN NOT {_UNBORN} THEN p.birth_year END AS v_birth_year",
                f"CASE WHEN NOT {_UNBORN} THEN p.id_sex END AS v_id_sex",
                f"p.person_id AS v_{name}",
            ]
            faults += [f"'{name}:' || p.{fault}" for fault in ("bad", "upgraded", "area")]
            faults.append(f"CASE WHEN {_UNBORN} THEN '{name}:birth_date' END")
            if "sex" in tables:
                faults.append(f"CASE WHEN v_sex.v <> p.id_sex THEN '{name}:sex' END")
        elif contract.dataset == "claims" and name == "payee_id":
            build_payees(connection)
            joins.append(
                "LEFT JOIN d_payee_id ON s.t_payee_id = d_payee_id.t AND coalesce(s.t_payee_kind, '') = d_payee_id.k"
            )
            _write_slot_ends(connection)
            joins.append("LEFT JOIN slot_end payee_end ON s.slot_period = payee_end.slot_period")
            unborn = "coalesce(d_payee_id.born_on > payee_end.ends_on, false)"
            selects.append(f"CASE WHEN NOT {unborn} THEN d_payee_id.v END AS v_payee_id")
            faults.append(f"CASE WHEN {unborn} THEN 'payee_id:birth_date' ELSE d_payee_id.f END")
        elif is_direct(column):
            value, fault = direct(column)
            layers.append(f"{value} AS w_{name}")
            if column.type == "timestamp" and "attended_on" in tables:
                # a clock time alone belongs to the day attended
                layers[-1] = f"CASE WHEN NOT ({_IS_CLOCK.format(name)}) THEN {value} END AS w_{name}"
                clock = f"try_cast(v_attended_on.v || ' ' || trim(s.t_{name}) AS TIMESTAMP)"
                selects.append(f"CASE WHEN {_IS_CLOCK.format(name)} THEN {clock} ELSE s.w_{name} END AS v_{name}")
                faults.append(f"CASE WHEN NOT ({_IS_CLOCK.format(name)}) THEN {fault} END")
                continue
            selects.append(f"s.w_{name} AS v_{name}")
            faults.append(fault)
        else:
            joins.append(_join(column, tables[name]))
            selects.append(f"{_late(contract, name)} AS v_{name}")
            faults.append(f"'{name}:' || v_{name}.f")
    faults += _test_and_name_faults(contract)
    listed = ", ".join(f for f in faults if f != "NULL::VARCHAR")
    # nearly every row has none, and then no list is built
    found = f"CASE WHEN coalesce({listed}) IS NULL THEN []::VARCHAR[] ELSE list_filter([{listed}], lambda f: f IS NOT NULL) END"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE typed AS
        SELECT s.row_id, s.file_no, file.file_name, s.sheet, s.row_no, s.slot_unit, s.slot_period, {", ".join(selects)},
        {found} AS faults, NULL::BIGINT AS duplicate_of
        FROM (SELECT {", ".join(["*", *layers])} FROM src s) s JOIN file USING (file_no) {" ".join(joins)}"""
    )


def _join(column: Column, table: str) -> str:
    name = column.name
    month = (
        f" AND s.num_{name} = v_{name}.is_number AND s.file_no = v_{name}.file_no"
        if is_month_like(column.type, name)
        else ""
    )
    return f"LEFT JOIN {table} AS v_{name} ON s.t_{name} = v_{name}.t AND s.ctx_{name} = v_{name}.c{month}"


def _late(contract: Contract, name: str) -> str:
    """Values that depend on a neighbour: a target's comparator and unit; a clock time on the day attended."""
    if contract.dataset == "targets" and name == "comparator":
        return targets.COMPARATOR.format(comparator="v_comparator.v", text="s.t_target_value")
    if contract.dataset == "targets" and name == "target_value":
        return targets.SCALED.format(
            unit="v_unit_of_measure.v",
            unit_text="s.t_unit_of_measure",
            value="v_target_value.v",
            text="s.t_target_value",
        )
    return f"v_{name}.v"


def _test_and_name_faults(contract: Contract) -> list[str]:
    names = [
        c for c in contract.columns if c.name in ("person_name", "institution_name", "employer_name", "project_name")
    ]
    # personal names are cleaned row by row (w_), the others through their dictionary (v_)
    texts = {c.name: f"s.w_{c.name}" if c.is_personal else f"v_{c.name}.v" for c in names}
    # the first letters are looked at before the whole
    checks = [
        f"lower({text}[1:2]) IN ('测试', 'te', '样例', '示例') AND regexp_full_match(lower({text}), '{_TEST_NAMES}')"
        for text in texts.values()
    ]
    faults = [f"CASE WHEN {' OR '.join(checks)} THEN '*:test_row' END"] if checks else []
    if "person_name" in texts:
        damaged = r"[?□■�\x{E000}-\x{F8FF}]"
        faults.append(f"CASE WHEN regexp_matches(s.w_person_name, '{damaged}') THEN 'person_name:name_damaged' END")
    return faults


def build_payees(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `d_payee_id` (t, k, v, born_on, f): a claim's payee is a credit code, or a person's key where it is an ID number.

    An ID number is keyed whatever the kind says, so that none is left in the open.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE d_payee_id AS
        WITH texts AS (SELECT DISTINCT t_payee_id AS t, coalesce(t_payee_kind, '') AS k, ctx_payee_kind AS c FROM src
          WHERE t_payee_id IS NOT NULL),
        forms AS (SELECT texts.*, d.v AS kind, id_text(texts.t) AS n, compact(texts.t) AS u FROM texts LEFT
          JOIN d_payee_kind d ON d.t = k AND d.c = texts.c),
        long AS (SELECT *, CASE WHEN regexp_full_match(n, '\\d{15}') THEN id_upgraded(n)
          WHEN regexp_full_match(n, '\\d{17}[\\dX]') THEN n END AS id FROM forms),
        judged AS (SELECT *, coalesce(id[18] = id_check(id)
          AND try_cast(id[7:10] || '-' || id[11:12] || '-' || id[13:14] AS DATE) IS NOT NULL, false) AS is_id
          FROM long),
        valued AS (SELECT *, CASE WHEN is_blank_mark(t) THEN NULL
          WHEN is_id AND (kind = 'individual' OR NOT is_credit_code(n)) THEN hmac_key(id)
          WHEN kind = 'individual' THEN NULL ELSE read_credit_code(u) END AS v FROM judged)
        SELECT t, k, v, CASE WHEN v = hmac_key(id)
            THEN try_cast(id[7:10] || '-' || id[11:12] || '-' || id[13:14] AS DATE) END AS born_on,
          CASE WHEN v IS NOT NULL OR is_blank_mark(t) THEN NULL
          WHEN is_error_text(t) THEN 'payee_id:error_cell' WHEN is_damaged_number(t) THEN 'payee_id:damaged'
          WHEN kind = 'individual' AND id IS NOT NULL THEN 'payee_id:checksum' ELSE 'payee_id:unreadable' END AS f FROM valued"""
    )
