"""Dirt that a reader must digest without loss, spread over the text cells of a file by row number, and its faults.

Spaced, lower-case, full-width and 15-digit ID numbers, mixed date forms, thousands separators, aliases of codes,
several categories in one cell, repeated rows. Not here: titles, totals and notes (frames).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from expectations.contract import Column, code_lists
from expectations.sql import literal
from orchestration.sample.faults import FAULTS, FAULTY_QUARTER, FAULTY_YEAR
from orchestration.sample.files import WrittenFile
from orchestration.sample.render import Slot, Style

# rows repeated word for word, in one file of the dataset
REPEATED = {"enrollments": 3, "attendance": 2, "certifications": 2, "employment": 2, "claims": 1, "classes": 1}
MIXED_DATES = ("classes", "enrollments", "certifications", "claims", "followups")


@dataclass(frozen=True)
class Page:
    """The rows of one file as the temporary table `page`: `_no` orders them, `_kind` says what they are.

    Kinds: data, duplicate, quarantined, not_data.
    """

    columns: list[Column]

    def select(
        self, headers: list[str] | None = None, where: str = "true", divisors: dict[str, int] | None = None
    ) -> str:
        """The text columns in order, under the headers given, divided where the file is in a larger unit."""
        parts = []
        for i, column in enumerate(self.columns):
            value = f'"{column.name}"'
            if divisors and column.name in divisors:
                value = f"coalesce((try_cast({value} AS DECIMAL(18,4)) / {divisors[column.name]})::DOUBLE::VARCHAR, {value})"
            parts.append(f'{value} AS "{headers[i] if headers else column.name}"')
        return f"SELECT {', '.join(parts)} FROM page WHERE {where} ORDER BY _no"

    def rows(self, world: duckdb.DuckDBPyConnection, where: str = "true") -> int:
        """How many rows stand in the page."""
        return world.execute(f"SELECT count(*) FROM page WHERE {where}").fetchone()[0]

    def account(
        self,
        world: duckdb.DuckDBPyConnection,
        file: WrittenFile,
        *,
        first_row: int,
        sheet: str | None,
        where: str = "true",
    ) -> WrittenFile:
        """Add the page's rows and faults to the file's account; `first_row` is the row of the header."""
        kinds = dict(world.execute(f"SELECT _kind, count(*) FROM page WHERE {where} GROUP BY _kind").fetchall())
        file.accepted += kinds.get("data", 0)
        file.duplicate += kinds.get("duplicate", 0)
        file.quarantined += kinds.get("quarantined", 0)
        file.not_data += kinds.get("not_data", 0)
        faults = world.execute(f"""
            SELECT no, _column, _fault FROM (SELECT *, row_number() OVER (ORDER BY _no) AS no FROM page WHERE {where})
            WHERE _kind = 'quarantined' ORDER BY no""").fetchall()
        file.faults += [
            {"sheet": sheet, "row_no": first_row + no, "column": column, "kind": kind} for no, column, kind in faults
        ]
        return file


def make_page(
    world: duckdb.DuckDBPyConnection,
    dataset: str,
    slot: Slot,
    select: str,
    columns: list[Column],
    style: Style,
    *,
    dirty: bool,
) -> Page:
    """Put the rows of a file into the temporary table `page`, dirty or as they are."""
    names = ", ".join(f'"{column.name}"' for column in columns)
    kind = "if(voucher_no IS NULL, 'not_data', 'data')" if dataset == "fund_ledger" else "'data'"
    world.execute(f"""
        CREATE OR REPLACE TEMP TABLE page AS
        SELECT row_number() OVER ()::DOUBLE AS _no, {kind} AS _kind, NULL::VARCHAR AS _fault, NULL::VARCHAR AS _column, {names}
        FROM ({select})""")
    if dirty:
        _smear(world, dataset, slot, columns, style)
        if dataset == "targets":
            _say_in_words(world)
        _repeat(world, dataset, slot)
        _plant(world, dataset, slot, columns)
    return Page(columns)


def _smear(world: duckdb.DuckDBPyConnection, dataset: str, slot: Slot, columns: list[Column], style: Style) -> None:
    changes = [
        f'"{column.name}" = {expression}'
        for column in columns
        if (expression := _smeared(dataset, slot, column, style)) is not None
    ]
    if changes:
        world.execute(f"UPDATE page SET {', '.join(changes)} WHERE _kind = 'data'")


def _smeared(dataset: str, slot: Slot, column: Column, style: Style) -> str | None:
    """SQL for the dirty spelling of a cell, NULL-safe; None where the column stays as it is."""
    name, no = f'"{column.name}"', "_no::BIGINT"
    if dataset == "attendance" and slot.quarter != 1:
        return None
    if column.type == "idcard":
        return f"""CASE
            WHEN {no} % 53 = 7 THEN array_to_string([substr({name}, 1, 4), substr({name}, 5, 4), substr({name}, 9, 4),
                substr({name}, 13, 4), substr({name}, 17)], ' ')
            WHEN {no} % 61 = 5 THEN '''' || {name}
            WHEN {no} % 67 = 9 THEN translate({name}, '0123456789X', '０１２３４５６７８９Ｘ')
            WHEN {no} % 71 = 11 AND substr({name}, 7, 2) = '19' THEN substr({name}, 1, 6) || substr({name}, 9, 9)
            WHEN {no} % 3 = 0 THEN lower({name}) ELSE {name} END"""
    if column.name == "person_name":
        return f"if({no} % 29 = 3 AND length({name}) = 2, left({name}, 1) || '　' || right({name}, 1), {name})"
    if column.type == "date" and dataset in MIXED_DATES:
        value = f"try_strptime({name}, {literal(style.dates)})"
        # the end of a contract lies too far ahead for a year of two digits
        short = -1 if column.name == "contract_to" else 9
        return f"""CASE {no} % 31 WHEN 4 THEN coalesce(strftime({value}, '%Y年%-m月%-d日'), {name})
            WHEN {short} THEN coalesce(strftime({value}, '%y.%-m.%-d'), {name}) ELSE {name} END"""
    if column.type == "money" and dataset in ("claims", "fund_ledger", "enterprises"):
        grouped = f"format('{{:,.2f}}', {name}::DECIMAL(18,2)::DOUBLE)"
        return f"CASE {no} % 23 WHEN 5 THEN {grouped} WHEN 11 THEN {name} || '元' ELSE {name} END"
    if column.type == "level" or (column.type == "code" and column.code_list not in ("indicator", "unit_of_measure")):
        every = 1 if column.type == "level" else 7
        lists = ", ".join(
            f"{literal(c.label_zh)}: [{', '.join(literal(text) for text in (c.label_zh, *c.aliases))}]"
            for c in code_lists()[column.code_list]
        )
        spellings = f"MAP {{{lists}}}[{name}]"
        return f"if({no} % {every} = 0, {spellings}[1 + ({no} // {every}) % len({spellings})], {name})"
    if column.type == "code[]":
        return f"replace({name}, '、', ['、', '/', '，', ';'][1 + {no} % 4])"
    if column.type == "bool":
        return f"if({no} % 11 = 3, translate({name}, '是否', '√×'), {name})"
    return None


def _say_in_words(world: duckdb.DuckDBPyConnection) -> None:
    """Targets as a plan words them: 1.6 万人次, 27%以上, with the comparator inside the value."""
    world.execute("""
        UPDATE page SET target_value = (target_value::DECIMAL(18,4) / 10000)::DOUBLE::VARCHAR, unit_of_measure = '万人次'
        WHERE unit_of_measure = '人次' AND period = '2019' AND breakdown = ''""")
    world.execute("""
        UPDATE page SET target_value = (target_value::DECIMAL(18,4) * 100)::BIGINT || '%以上', comparator = NULL
        WHERE period = '2021' AND unit_of_measure = '%' AND target_value IN ('0.27', '0.32')""")


def _repeat(world: duckdb.DuckDBPyConnection, dataset: str, slot: Slot) -> None:
    if slot.quarter == FAULTY_QUARTER.get(dataset, -1) and dataset in REPEATED:
        world.execute(f"""
            INSERT INTO page SELECT * REPLACE (_no + 0.5 AS _no, 'duplicate' AS _kind) FROM page
            WHERE _kind = 'data' ORDER BY _no LIMIT {REPEATED[dataset]} OFFSET 4""")


def _is_faulty(world: duckdb.DuckDBPyConnection, dataset: str, slot: Slot) -> bool:
    if slot.quarter:
        return FAULTY_QUARTER.get(dataset) == slot.quarter
    first = world.execute("SELECT min(year) FROM quarter").fetchone()[0]
    return FAULTY_YEAR.get(dataset) == slot.year - first


def _plant(world: duckdb.DuckDBPyConnection, dataset: str, slot: Slot, columns: list[Column]) -> None:
    if not _is_faulty(world, dataset, slot):
        return
    known = {column.name for column in columns}
    rows = world.execute("SELECT count(*) FROM page WHERE _kind = 'data'").fetchone()[0]
    if not rows:
        return
    for number, fault in enumerate(FAULTS[dataset]):
        cells = ", ".join(f'({value})::VARCHAR AS "{name}"' for name, value in fault.cells.items() if name in known)
        world.execute(f"""
            INSERT INTO page SELECT * REPLACE ((SELECT max(_no) FROM page) + 1 AS _no, 'quarantined' AS _kind,
                '{fault.kind}' AS _fault, '{fault.column}' AS _column, {cells})
            FROM page WHERE _kind = 'data' ORDER BY _no LIMIT 1 OFFSET {(2 + number // 2) % rows}""")
