"""From raw cells to the source rows of a dataset: columns picked by each sheet's layout, rows that are no data left out.

All files of a load at once: the layouts stand in a table that the raw cells are joined with. Not here: which rows are no
data (`not_data.py`), types.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from expectations.contract import Contract
from expectations.sql import literal
from orchestration.intake.layout import Layout
from orchestration.intake.not_data import write_layout_heads, write_odd_rows, write_sections

if TYPE_CHECKING:
    import duckdb

PRESENT = "('√', '✓', '✔', '●', '1', '出勤', '迟到', '早退', '到', '是', 'V', 'v')"
ABSENT = "('×', '✗', '✕', 'X', 'x', '○', '〇', '请假', '事假', '病假', '旷课', '缺勤', '缺课', '0', '-', '—', '/')"

# a row struck through says by hand what this column says by word
STRUCK = {"classes": "class_status", "claims": "claim_status"}


def pack_row_id(ordinal: str = "0") -> str:
    """SQL of `row_id`: path, sheet, row order in one BIGINT (17 bits file, 9 sheet, 28 row, 9 unpivoted column)."""
    return f"((file_no::BIGINT * 512 + sheet_no) * 268435456 + r.row_no) * 512 + {ordinal}"


def write_layouts(connection: duckdb.DuckDBPyConnection, contract: Contract, layouts: list[Layout]) -> None:
    """Tables `layout` (one row per sheet) and `spread_column` (one row per day or level column)."""
    names = [column.name for column in contract.columns]
    fields = ["file_no INTEGER", "sheet_no INTEGER", "sheet VARCHAR", "heading_row INTEGER", "heading_last INTEGER",
              "header_row INTEGER", "last_row INTEGER", "slot_unit VARCHAR", "slot_period VARCHAR", "is_wide BOOLEAN",
              "title_class_id VARCHAR"]  # fmt: skip
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
        row = [item.file_no, item.sheet_no, item.sheet, *item.heading, item.header_row, item.rows]
        row += [item.unit, item.period, bool(item.days or item.levels), item.title_class_id]
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
    """What the sheet adds to a cell: factor of money and counts, unit of lessons, 1904 dates (1) and range parts (2, 4)."""
    if name in item.factors:
        return item.factors[name]
    if name == "lessons":
        return item.lesson_unit
    if item.parts.get(name):
        return int(item.date_1904) + 2 * item.parts[name]
    return int(item.date_1904)


def _cell(name: str) -> str:
    return f"nullif(trim(r.cells[l.col_{name}]), '')"


def _used(contract: Contract, layouts: list[Layout]) -> list[str]:
    """Columns that any sheet has."""
    return [c.name for c in contract.columns if any(c.name in item.columns for item in layouts)]


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
    connection.execute(f"CREATE OR REPLACE TEMP VIEW raw AS FROM read_parquet([{files}])")
    write_layout_heads(connection, used)
    keys = [n for n in _required_keys(contract) if n in used] or used[:1]
    write_odd_rows(connection, contract, used, keys)
    has_sections = write_sections(connection, contract)
    place = "file_no, sheet_no, l.sheet, r.row_no, l.slot_unit, l.slot_period"
    texts = ", ".join(_text(contract, n, layouts, has_sections) for n in (c.name for c in contract.columns))
    section = (
        " ASOF LEFT JOIN section ON at_file = r.file_no AND at_sheet = r.sheet_no AND at_row < r.row_no"
        if has_sections
        else ""
    )
    rows = f"""FROM raw r JOIN layouts l USING (file_no, sheet_no){section}
        LEFT JOIN odd USING (file_no, sheet_no, row_no){{more}}
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


def _text(contract: Contract, name: str, layouts: list[Layout], has_sections: bool) -> str:
    is_column = any(name in item.columns for item in layouts)
    is_constant = any(name in item.constants for item in layouts)
    section = ["section.class_id"] if has_sections and name == "class_id" else []
    parts = ([_cell(name)] if is_column else []) + section + ([f"l.const_{name}"] if is_constant else [])
    if contract.dataset == "targets" and name == "breakdown":
        parts = _breakdown_parts(is_column, layouts)
    text = f"coalesce({', '.join(parts)})" if parts else "NULL::VARCHAR"
    if STRUCK.get(contract.dataset) == name and any(item.has_struck for item in layouts):
        text = f"CASE WHEN ends_with(r.kinds, '~') THEN '作废' ELSE {text} END"
    month = f"coalesce(substr(r.kinds, l.col_{name}, 1) = 'n', false)" if is_column else "false"
    return (
        f"{text} AS t_{name}, l.ctx_{name} AS ctx_{name}, {month} AS num_{name}"
        if _needs_kind(contract, name)
        else (f"{text} AS t_{name}, l.ctx_{name} AS ctx_{name}")
    )


def _breakdown_parts(is_column: bool, layouts: list[Layout]) -> list[str]:
    own = ["nullif(trim(r.cells[l.col_breakdown]), '')"] if is_column else []
    used = sorted({dimension for item in layouts for dimension in item.breakdowns})
    return own + [_member_of(d, f"trim(r.cells[l.dim_{d}])") for d in used]


def _member_of(dimension: str, cell: str) -> str:
    """A member under the header of its dimension; a cell that names its dimension itself keeps it, a dash is blank."""
    return (
        f"CASE WHEN regexp_matches({cell}, '[=＝]') THEN {cell}"
        f" WHEN NOT regexp_full_match({cell}, '[-－—/]*') THEN '{dimension}=' || {cell} END"
    )


def _needs_kind(contract: Contract, name: str) -> bool:
    return is_month_like(contract.column(name).type, name)


def is_month_like(kind: str, name: str) -> bool:
    """True for columns that take a month, where `2019.1` may be January or October."""
    return kind == "month" or name in ("pension_from",) or name in MONTH_DATES


# dates of employment spells: a month means its first day at the start, its last at the end
MONTH_DATES = {"starts_on": "first", "ends_on": "last"}
