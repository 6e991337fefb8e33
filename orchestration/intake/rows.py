"""From raw cells to the source rows of a dataset: columns picked by each sheet's layout, rows that are no data left out.

All files of a load at once: the layouts stand in a table that the raw cells are joined with. Not here: types.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from expectations.contract import Contract
from expectations.sql import literal
from orchestration.intake.layout import Layout

if TYPE_CHECKING:
    import duckdb

TOTALS = "(小计|合计|总计|累计|共计|本页小计|本页合计|本月合计|本年累计|本季合计|本年合计|总合计)"
LEDGER_OPENING = "(期初余额|期初结余|上月结转|上年结转|上期结转|上年结余|上月余额|年初余额|月初余额)"
LEDGER_ASIDE = "(本月合计|本年累计|本季合计|期末余额|月末余额|承前页|过次页|本页合计|累计|合计|小计)"
_SIGNATURES = (
    "注|备注|说明|附注|制表|填表|填报|编制|审核|复核|审批|经办|负责|主管|单位负责"
    "|联系|签字|签名|签章|盖章|公章|日期|打印|数据来源|资料来源|来源|报出"
)
PRESENT = "('√', '✓', '✔', '●', '1', '出勤', '迟到', '早退', '到', '是', 'V', 'v')"
ABSENT = "('×', '✗', '✕', 'X', 'x', '○', '〇', '请假', '事假', '病假', '旷课', '缺勤', '缺课', '0', '-', '—', '/')"


def pack_row_id(ordinal: str = "0") -> str:
    """SQL of `row_id`: path, sheet, row order in one BIGINT (17 bits file, 9 sheet, 28 row, 9 unpivoted column)."""
    return f"((file_no::BIGINT * 512 + sheet_no) * 268435456 + r.row_no) * 512 + {ordinal}"


def write_layouts(connection: duckdb.DuckDBPyConnection, contract: Contract, layouts: list[Layout]) -> None:
    """Tables `layout` (one row per sheet) and `spread_column` (one row per day or level column)."""
    names = [column.name for column in contract.columns]
    fields = ["file_no INTEGER", "sheet_no INTEGER", "sheet VARCHAR", "header_row INTEGER", "last_row INTEGER",
              "slot_unit VARCHAR", "slot_period VARCHAR", "is_wide BOOLEAN", "title_class_id VARCHAR"]  # fmt: skip
    fields += [
        f"{prefix}_{name} {kind}"
        for name in names
        for prefix, kind in (("col", "INTEGER"), ("const", "VARCHAR"), ("ctx", "INTEGER"))
    ]
    fields += [f"dim_{name} INTEGER" for name in ("trainee_category", "training_type", "street", "institution_id")]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE layout ({', '.join(fields)})")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE spread_column "
        "(file_no INTEGER, sheet_no INTEGER, ordinal INTEGER, col INTEGER, label VARCHAR, lessons VARCHAR)"
    )
    rows, columns = [], []
    for item in layouts:
        row = [item.file_no, item.sheet_no, item.sheet, item.header_row, item.rows, item.unit, item.period]
        row += [bool(item.days or item.levels), item.title_class_id]
        for name in names:
            row += [item.columns.get(name), item.constants.get(name), _context(item, name)]
        row += [item.breakdowns.get(name) for name in ("trainee_category", "training_type", "street", "institution_id")]
        rows.append(row)
        for ordinal, (column, label, lessons) in enumerate(
            [*item.days, *((c, level, None) for c, level in item.levels)], 1
        ):
            columns.append([item.file_no, item.sheet_no, ordinal, column, label, lessons])
    _insert(connection, "layout", rows)
    _insert(connection, "spread_column", columns)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[list]) -> None:
    # one statement for all rows: a statement per row costs more than the reading itself
    for start in range(0, len(rows), 200):
        connection.execute(f"INSERT INTO {table} VALUES {values_list(rows[start : start + 200])}")


def values_list(rows: list) -> str:
    """Rows as the text of a VALUES list: binding parameters would make duckdb import pandas."""
    return ", ".join("(" + ", ".join(_value(v) for v in row) + ")" for row in rows)


def _value(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value).lower() if isinstance(value, bool | int) else literal(value)


def _context(item: Layout, name: str) -> int:
    """What the sheet adds to a cell: factor of money and counts, 1 for hours, 1904 dates (1) and range parts (2, 4)."""
    if name in item.factors:
        return item.factors[name]
    if name == "lessons":
        return int(item.is_hours)
    if item.parts.get(name):
        return int(item.date_1904) + 2 * item.parts[name]
    return int(item.date_1904)


def _cell(name: str) -> str:
    return f"nullif(trim(r.cells[l.col_{name}]), '')"


def _write_odd_rows(connection: duckdb.DuckDBPyConnection, contract: Contract, used: list[str]) -> None:
    """Table `odd` (file_no, sheet_no, row_no, row_class): rows that do not show at once that they are data, and what they are.

    row_class is data, blank, note, header, total, or in a ledger opening, aside.
    """
    keys = [n for n in _required_keys(contract) if n in used] or used[:1]
    first = f"r.cells[l.col_{used[0]}]"
    key_filled = " AND ".join(f"(l.col_{n} IS NULL OR {_cell(n)} IS NOT NULL)" for n in keys)
    mapped = ", ".join(_cell(n) for n in used)
    voucher = _cell("voucher_no") if "voucher_no" in used else "NULL::VARCHAR"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE odd AS
        WITH doubtful AS (
          SELECT file_no, sheet_no, r.row_no, l.is_wide, l.head, compact({first}) AS first, {voucher}
            AS voucher, {key_filled} AS has_key, [{mapped}] AS mapped,
            list_transform(list_filter(r.cells, lambda c: trim(coalesce(c, '')) <> ''), lambda c: compact(c)) AS filled
          FROM raw r JOIN layouts l USING (file_no, sheet_no)
          WHERE r.row_no > l.header_row AND r.row_no <= l.last_row
            AND NOT coalesce({key_filled} AND {first} IS DISTINCT FROM l.head[1]
              AND (strlen({first}) = length({first}) AND NOT starts_with({first}, '(')
                OR NOT regexp_matches({first}, '{_DOUBTFUL}')), false))
        SELECT file_no, sheet_no, row_no, {_ROW_CLASS if contract.dataset != "fund_ledger" else _LEDGER_CLASS}
          AS row_class FROM doubtful"""
    )


# words in a first cell that make a row worth a second look
_DOUBTFUL = "[计:：注()（）]|余额|结转|说明|备注|承前|过次|^.{17}"
_OF_ALL = f"""
  WHEN regexp_full_match(filled[1], '[^0-9]{{0,12}}{TOTALS}([(].*[)])?:?') AND NOT (has_key
    AND NOT regexp_matches(first, '{TOTALS}')) THEN 'total'
  WHEN regexp_matches(filled[1], '^({_SIGNATURES})[^:]{{0,8}}:') THEN 'note'
  WHEN len(filled) = 1 AND strlen(filled[1]) > length(filled[1]) AND (length(filled[1]) >= 12
    OR regexp_matches(filled[1], '^[(]?[一二三四五六七八九十]+[)、,.]|^({_SIGNATURES})|{TOTALS}$')) THEN 'note'
  WHEN NOT has_key AND len(list_filter(filled, lambda c: regexp_full_match(c, '{TOTALS}:?'))) > 0 THEN 'total'
  ELSE 'data' END"""
_BLANKS = """CASE WHEN len(filled) = 0 THEN 'blank'
  WHEN NOT is_wide AND len(list_filter(mapped, lambda c: c IS NOT NULL)) = 0 THEN 'note'
  WHEN len(list_filter(mapped, lambda c: list_contains(head, c))) >= 2 THEN 'header'"""
_ROW_CLASS = _BLANKS + _OF_ALL
_LEDGER_CLASS = (
    _BLANKS
    + f"""
  WHEN voucher IS NULL AND len(list_filter(filled, lambda c: regexp_full_match(c, '{LEDGER_OPENING}:?'))) > 0 THEN 'opening'
  WHEN voucher IS NULL AND len(list_filter(filled, lambda c: regexp_full_match(c, '{LEDGER_ASIDE}:?'))) > 0 THEN 'aside'"""
    + _OF_ALL
)


def _used(contract: Contract, layouts: list[Layout]) -> list[str]:
    """Columns that any sheet has; the one that tells data from words at a glance stands first."""
    used = [c.name for c in contract.columns if any(c.name in item.columns for item in layouts)]
    keys = [n for n in _required_keys(contract) if n in used]
    first = next((n for n in keys if n.endswith(("_id", "_no"))), keys[0] if keys else used[0])
    return [first, *(n for n in used if n != first)]


def _required_keys(contract: Contract) -> list[str]:
    names = {column.name for column in contract.columns}
    keys = [k for k in contract.key if k in names and contract.column(k).is_required]
    return keys or [c.name for c in contract.columns if c.is_required][:1]


def build_source(
    connection: duckdb.DuckDBPyConnection, contract: Contract, layouts: list[Layout], raw: list[Path]
) -> None:
    """Table `src` (texts `t_<column>`, contexts `ctx_<column>` of data rows) and `aside` (ledger rows that are no data)."""
    write_layouts(connection, contract, layouts)
    files = ", ".join(literal(path) for path in raw)
    used = _used(contract, layouts)
    head = ", ".join(f"h.cells[l.col_{n}]" for n in used)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW raw AS FROM read_parquet([{files}])")
    # the header row's own texts, to know it again where a printed page repeats it
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE layouts AS
        SELECT l.*, list_transform([{head}], lambda c: nullif(trim(c), '')) AS head FROM layout l LEFT JOIN raw h
        ON h.file_no = l.file_no AND h.sheet_no = l.sheet_no AND h.row_no = l.header_row"""
    )
    _write_odd_rows(connection, contract, used)
    place = "file_no, sheet_no, l.sheet, r.row_no, l.slot_unit, l.slot_period"
    texts = ", ".join(_text(contract, n, layouts) for n in (c.name for c in contract.columns))
    rows = """FROM raw r JOIN layouts l USING (file_no, sheet_no) LEFT JOIN odd USING (file_no, sheet_no, row_no){more}
        WHERE r.row_no > l.header_row AND r.row_no <= l.last_row AND coalesce(odd.row_class, 'data')"""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE src AS SELECT {pack_row_id()} AS row_id, {place}, NULL::VARCHAR AS pre_fault, {texts}
        {rows.format(more="")} = 'data' AND NOT l.is_wide"""
    )
    if any(item.days or item.levels for item in layouts):
        from orchestration.intake.wide import add_unpivoted

        spread = rows.format(more=" JOIN spread_column u USING (file_no, sheet_no)") + " = 'data' AND l.is_wide"
        add_unpivoted(connection, contract, f"{place}, {texts}", spread)
    if contract.dataset == "fund_ledger":
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE aside AS SELECT {pack_row_id()} AS row_id, {place}, {texts}, odd.row_class,
            list_filter(list_transform(r.cells, lambda c: compact(c)), lambda c: c IS NOT NULL) AS filled
            {rows.format(more="")} IN ('opening', 'aside', 'total')"""
        )


def _text(contract: Contract, name: str, layouts: list[Layout]) -> str:
    is_column = any(name in item.columns for item in layouts)
    is_constant = any(name in item.constants for item in layouts)
    parts = ([_cell(name)] if is_column else []) + ([f"l.const_{name}"] if is_constant else [])
    if contract.dataset == "targets" and name == "breakdown":
        parts = _breakdown_parts(is_column, layouts)
    text = f"coalesce({', '.join(parts)})" if parts else "NULL::VARCHAR"
    month = f"coalesce(substr(r.kinds, l.col_{name}, 1) = 'n', false)" if is_column else "false"
    return (
        f"{text} AS t_{name}, l.ctx_{name} AS ctx_{name}, {month} AS num_{name}"
        if _needs_kind(contract, name)
        else (f"{text} AS t_{name}, l.ctx_{name} AS ctx_{name}")
    )


def _breakdown_parts(is_column: bool, layouts: list[Layout]) -> list[str]:
    own = ["nullif(trim(r.cells[l.col_breakdown]), '')"] if is_column else []
    used = sorted({dimension for item in layouts for dimension in item.breakdowns})
    return own + [f"'{d}=' || nullif(trim(r.cells[l.dim_{d}]), '')" for d in used]


def _needs_kind(contract: Contract, name: str) -> bool:
    return is_month_like(contract.column(name).type, name)


def is_month_like(kind: str, name: str) -> bool:
    """True for columns that take a month, where `2019.1` may be January or October."""
    return kind == "month" or name in ("pension_from",) or name in MONTH_DATES


# dates of employment spells: a month means its first day at the start, its last at the end
MONTH_DATES = {"starts_on": "first", "ends_on": "last"}
