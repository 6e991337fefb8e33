"""From texts to values, per contract type, in SQL: distinct texts become a dictionary, rows are joined with it.

Not here: the macros (values.sql), identity numbers (`persons.py`), which row repeats which (`duplicates.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.candidate import SQL_TYPES
from expectations.contract import Column, Contract, code_lists
from orchestration.intake.periods import parse_period
from orchestration.intake.rows import is_month_like, values_list
from orchestration.intake.units import resolve_division, resolve_unit

if TYPE_CHECKING:
    import duckdb

# identifiers are one word: no spaces, capital letters
IDENTIFIERS = ("assessment_batch", "voucher_no", "certificate_no", "response_no", "document_no")
END_COLUMNS = {
    ("employment", "ends_on"),
    ("enrollments", "contract_to"),
    ("projects", "valid_to"),
    ("institutions", "permit_valid_to"),
}
LAST_OF_RANGE = ("ends_on", "contract_to", "publicised_to", "valid_to")
FIRST_OF_RANGE = ("starts_on", "contract_from", "publicised_from", "valid_from")


def is_identifier(column: Column) -> bool:
    """True for text columns that hold an identifier."""
    return column.type == "text" and (column.name.endswith("_id") or column.name in IDENTIFIERS)


def is_direct(column: Column) -> bool:
    """True for columns whose texts hardly repeat: they are typed row by row, not through a dictionary."""
    return column.type in ("idcard", "timestamp") or column.is_personal or is_identifier(column)


def build_dictionaries(connection: duckdb.DuckDBPyConnection, contract: Contract) -> dict[str, str]:
    """Tables (t, c, v, f): value and fault of every distinct text; columns read alike share one. Column -> its table."""
    groups: dict[tuple, list[Column]] = {}
    for column in contract.columns:
        if is_direct(column):
            continue
        if column.type in ("unit", "division", "period"):
            _resolve_in_python(connection, column)
        # months look at their neighbours in the file, so each column has its own
        own = column.name if is_month_like(column.type, column.name) else ""
        groups.setdefault((*_value(contract.dataset, column), column.type, own), []).append(column)
    tables = {}
    for (value, fault, *_), columns in groups.items():
        table = f"d_{columns[0].name}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {_dictionary(columns, value, fault)}")
        tables |= {column.name: table for column in columns}
    return tables


def _dictionary(columns: list[Column], value: str, fault: str) -> str:
    first = columns[0]
    texts = " UNION ".join(
        f"SELECT t_{c.name} AS t, ctx_{c.name} AS c FROM src WHERE t_{c.name} IS NOT NULL" for c in columns
    )
    source = f"SELECT DISTINCT t, c FROM ({texts})"
    is_month = is_month_like(first.type, first.name)
    if is_month:
        # 2019.1 is January only beside a 2019.10
        source = f"""SELECT DISTINCT t_{first.name} AS t, ctx_{first.name} AS c, num_{first.name} AS is_number, file_no,
            bool_or(regexp_full_match(t_{first.name}, '\\d{{4}}[.]10')
              AND NOT num_{first.name}) OVER (PARTITION BY file_no) AS has_ten
            FROM src WHERE t_{first.name} IS NOT NULL"""
    # n: folded, without spaces; m: that as a number form; each computed once
    forms = f"SELECT *, number_form(n) AS m FROM (SELECT *, {_compact(first)} AS n, is_blank_mark(t) AS b, is_error_text(t) AS e"
    forms += f" FROM ({source}))"
    typed = f"SELECT *, CASE WHEN NOT b AND NOT e THEN v0 END AS v FROM (SELECT *, {value} AS v0 FROM ({forms}))"
    stored = "CASE WHEN NOT list_contains(v, '?') THEN v END" if first.type == "code[]" else "v"
    return f"""SELECT t,
      c{", is_number, file_no" if is_month else ""}, ({stored})::{SQL_TYPES.get(first.type, "VARCHAR")} AS v, CASE
          WHEN b OR {_no_value(first)} THEN NULL WHEN e THEN 'error_cell' ELSE {fault} END AS f FROM ({typed})"""


def _compact(column: Column) -> str:
    """Text without spaces; a date also without its day of the week or the Z of its clock."""
    if column.type != "date":
        return "compact(t)"
    return "regexp_replace(compact(t), '[(]?(星期|周)[一二三四五六日天][)]?$|Z$', '')"


def _no_value(column: Column) -> str:
    """Texts that say `none` and are no fault."""
    if column.type == "level":
        return """n IN ('无', '无等级', '不分等级', '不分级', '其他', '无级别', '专项能力', '专项职业能力', '培训合格',
          '特种作业', '创业', '合格证')"""
    return "false"


def _value(dataset: str, column: Column) -> tuple[str, str]:
    """SQL of the value of text `t` in context `c`, and of the fault (NULL where the value is good)."""
    plain = "CASE WHEN v IS NULL THEN 'unreadable' END"
    name, kind = column.name, column.type
    if kind == "money":
        # about so much is no amount; capitals are read as they stand, whatever the unit of the column
        capitals = "CASE WHEN is_capital_form(capital_form(n)) THEN capital_amount(capital_form(n))::DECIMAL(18,2)"
        return f"{capitals} WHEN NOT contains(n, '约') THEN read_money(m, greatest(c, 1)) END", plain
    if kind == "int":
        if name == "plan_version":
            return (
                "CASE WHEN starts_with(n, '年初') THEN 0 WHEN starts_with(n, '年中') THEN 1 ELSE read_whole(m, 1) END",
                plain,
            )
        return "read_whole(m, greatest(c, 1))", plain
    if kind == "decimal":
        # lessons of 45 minutes, six to the day (CQ2021-2a); the unit of the cell over that of the header
        lessons = """CASE n WHEN '半天' THEN 3 WHEN '全天' THEN 6 ELSE read_decimal(m) * CASE
          WHEN contains(m, '小时') THEN 4 WHEN regexp_matches(m, '[天日]') THEN 18 WHEN regexp_matches(m, '[时节]') THEN 3
          WHEN c = 1 THEN 4 WHEN c = 2 THEN 18 ELSE 3 END / 3 END"""
        if name == "target_value":
            from orchestration.intake.targets import TARGET_VALUE

            return TARGET_VALUE, plain
        return (lessons if name == "lessons" else "read_decimal(m)"), plain
    if kind in ("date", "month"):
        return _date(dataset, column)
    if kind == "year":
        return "try_cast(regexp_extract(n, '^((?:19|20)\\d{2})(年|年度|\\.0+|-12-31)?$', 1) AS INTEGER)", plain
    unknown = "CASE WHEN v IS NULL THEN 'unknown_code' END"
    if kind in ("bool", "code"):
        codes = "bool" if kind == "bool" else column.code_list or column.name
        return f"(SELECT code FROM code_label WHERE list = '{codes}' AND label = lower(n))", unknown
    if kind == "code[]":
        return _codes(column.code_list or name), "CASE WHEN list_contains(v, '?') THEN 'unknown_code' END"
    if kind == "level":
        both = "level_by_name(n) <> level_by_number(n) OR has_two_levels(n)"
        value = f"CASE WHEN is_level_form(n) AND ({both}) IS NOT TRUE THEN coalesce(level_by_name(n), level_by_number(n)) END"
        return value, f"CASE WHEN v IS NOT NULL THEN NULL WHEN {both} THEN 'ambiguous' ELSE 'unknown_code' END"
    if kind in ("unit", "division"):
        return f"(SELECT code FROM resolved_{name} r WHERE r.text = t)", unknown
    if kind == "period":
        return f"(SELECT code FROM resolved_{name} r WHERE r.text = t)", plain
    if kind == "occupation":
        return "read_occupation(n)", plain
    if kind == "uscc":
        damaged = "CASE WHEN is_damaged_number(n) THEN 'damaged' WHEN v IS NULL THEN 'unreadable'"
        return "read_credit_code(n)", f"{damaged} WHEN length(v) = 18 AND NOT is_credit_code(v) THEN 'checksum' END"
    if kind == "text[]":
        return _texts(name), "NULL::VARCHAR"
    if dataset == "targets" and name == "breakdown":
        from orchestration.intake.targets import BREAKDOWN

        return BREAKDOWN, "NULL::VARCHAR"
    return "without_id_numbers(tidy(t))", "NULL::VARCHAR"


def _date(dataset: str, column: Column) -> tuple[str, str]:
    name = column.name
    day = "read_day(n, c % 2 = 1)"
    if column.type == "month":
        value = "coalesce(date_trunc('month', " + day + ")::DATE, read_month(n, has_ten AND NOT is_number))"
    elif dataset == "employment" and name in ("starts_on", "ends_on", "pension_from"):
        month = "read_month(n, has_ten AND NOT is_number)"
        value = f"coalesce({day}, {'last_day(' + month + ')' if name == 'ends_on' else month})"
    elif name == "as_of":
        year = "regexp_extract(n, '^((?:19|20)\\d{2})(年|年度|年末|年底)?$', 1)"
        value = f"coalesce({day}, try_cast({year} || '-12-31' AS DATE))"
    else:
        value = day
    if name in LAST_OF_RANGE:
        value = f"CASE WHEN range_first(n) <> '' THEN range_end(n) WHEN c >= 4 THEN NULL ELSE {value} END"
    elif name in FIRST_OF_RANGE:
        value = f"CASE WHEN range_first(n) <> '' THEN read_day(range_first(n), false) ELSE {value} END"
    # a date outside living memory is a slip of the pen; open ends are the one exception
    value = f"list_filter([{value}], lambda d: d BETWEEN DATE '1900-01-01' AND DATE '2100-12-31')[1]"
    if (dataset, name) in END_COLUMNS:
        value = f"CASE WHEN is_open_end(n) OR is_open_end(range_last(n)) THEN DATE '9999-12-31' ELSE {value} END"
    fault = """CASE WHEN v IS NOT NULL THEN NULL
        WHEN regexp_full_match(n, '\\d{1,2}[月./-]\\d{1,2}[日号]?') THEN 'no_year'"""
    if is_month_like(column.type, name):
        fault += " WHEN regexp_full_match(n, '\\d{4}[.]1') THEN 'ambiguous'"
    return value, fault + " ELSE 'unreadable' END"


def _codes(codes: str) -> str:
    """SQL of a list of codes in their own order; '?' stands for a text that is none."""
    # signs first; then also spaces, line ends and brackets, where that leaves no part unknown
    by_sign, by_space = (
        f"""(SELECT list_sort(list_distinct(list(coalesce(k.code, '?')))) FROM (
         SELECT unnest(parts) AS part
         FROM (SELECT list_filter(regexp_split_to_array({text}, '{marks}'), lambda x: x <> '') AS parts)) p
       LEFT JOIN code_label k ON k.list = '{codes}' AND k.label = lower(p.part))"""
        for text, marks in (("n", "[、/,;|+和及与]"), ("tidy(t)", "[、/,;|+和及与() ]"))
    )
    whole = f"(SELECT [code] FROM code_label WHERE list = '{codes}' AND label = lower(n))"
    return f"coalesce({whole}, list_filter([{by_sign}, {by_space}], lambda x: NOT list_contains(x, '?'))[1], {by_sign})"


def _texts(name: str) -> str:
    parts = "list_transform(regexp_split_to_array(fold(t), '[、;,|\\n]'), lambda x: tidy(x))"
    parts = f"list_filter({parts}, lambda x: x IS NOT NULL)"
    if name in code_lists():
        return f"""(SELECT list(coalesce(k.code, p.part) ORDER BY p.i) FROM (
          SELECT unnest(parts) AS part, generate_subscripts(parts, 1) AS i FROM (SELECT {parts} AS parts)) p
          LEFT JOIN code_label k ON k.list = '{name}' AND k.label = lower(compact(p.part)))"""
    return f"list_transform({parts}, lambda x: without_id_numbers(x))"


def _resolve_in_python(connection: duckdb.DuckDBPyConnection, column: Column) -> None:
    """Table `resolved_<column>`: units, divisions and periods have names and forms that Python already knows."""
    texts = [
        row[0]
        for row in connection.execute(
            f"SELECT DISTINCT t_{column.name} FROM src WHERE t_{column.name} IS NOT NULL"
        ).fetchall()
    ]
    resolve = {"unit": resolve_unit, "division": resolve_division, "period": _period_text}[column.type]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE resolved_{column.name} (text VARCHAR, code VARCHAR)")
    for start in range(0, len(texts), 500):
        part = [(text, resolve(text)) for text in texts[start : start + 500]]
        connection.execute(f"INSERT INTO resolved_{column.name} VALUES {values_list(part)}")


def _period_text(text: str) -> str | None:
    period = parse_period(text.removesuffix(".0"))
    return period.text if period else None


def direct(column: Column) -> tuple[str, str]:
    """SQL of the value of a column typed row by row (alias s) and of its fault, which sees the value as `s.w_<column>`."""
    text, value = f"s.t_{column.name}", f"s.w_{column.name}"
    if column.type == "timestamp":
        return (
            f"read_moment({text})",
            f"CASE WHEN {value} IS NULL AND NOT is_blank_mark({text}) THEN '{column.name}:unreadable' END",
        )
    if is_identifier(column):
        # 2.05E+15: a number cell keeps fifteen digits, so the rest is lost
        damaged = f"is_damaged_number({text}) AND regexp_matches({text}, '[.+]')"
        plain = f"""CASE WHEN regexp_full_match({text}, '[0-9A-Z-]{{2,}}') THEN {text}
          WHEN is_blank_mark({text}) OR is_error_text({text}) OR {damaged} THEN NULL ELSE code_text({text}) END"""
        # some certificates, claims and classes are numbered by the ID number itself
        plain = f"CASE WHEN strlen({text}) < 18 THEN {plain} ELSE keyed_id_numbers({plain}) END"
        return (
            plain,
            f"""CASE WHEN {value} IS NOT NULL THEN NULL WHEN is_error_text({text}) THEN '{column.name}:error_cell'
          WHEN {damaged} THEN '{column.name}:damaged' END""",
        )
    if column.name == "person_name":
        return (
            f"CASE WHEN regexp_full_match({text}, '[\\x{{4E00}}-\\x{{9FFF}}]+') THEN {text} ELSE compact({text}) END",
            "NULL::VARCHAR",
        )
    if column.name == "phone":
        first_number = f"regexp_replace(regexp_extract(fold({text}), '^[ +0-9()-]+'), '[^0-9]', '', 'g')"
        digits = f"nullif(regexp_replace({first_number}, '^86(1\\d{{10}})$', '\\1'), '')"
        return f"CASE WHEN regexp_full_match({text}, '1\\d{{10}}') THEN {text} ELSE {digits} END", "NULL::VARCHAR"
    is_ascii = f"strlen({text}) = length({text})"
    return (
        f"CASE WHEN is_blank_mark({text}) THEN NULL WHEN {is_ascii} THEN trim({text}) ELSE tidy({text}) END",
        "NULL::VARCHAR",
    )
