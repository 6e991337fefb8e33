"""Reading a release: one read-only statement, the indicators, the rows behind a figure.

The connection cannot reach anything but the release. Not here: making releases, printing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from expectations.sql import literal as text
from orchestration.errors import SkillhouseError, UsageError
from orchestration.settings import Settings

BATCH = 5000


class QueryError(UsageError):
    """A statement that cannot be run on a release."""


class QueryRefused(SkillhouseError):
    """A statement that would write, or read outside the release."""


class NoSuchFigure(SkillhouseError):
    """An indicator, unit or period the release does not hold."""


@dataclass
class Result:
    """Columns of one statement and its rows in batches, values ready for JSON."""

    columns: list[str]
    cursor: Any
    scales: list[bool]

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """Rows, five thousand at a time: money as text with two decimals, dates ISO, no NaN."""
        while rows := self.cursor.fetchmany(BATCH):
            yield [tuple(map(value_for_json, row)) for row in rows]


def value_for_json(value: Any) -> Any:
    """Integers and ratios as numbers, DECIMAL with two places as text, dates ISO, null as null."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [value_for_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): value_for_json(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if not isinstance(value, timedelta) else value.total_seconds()


def _decimal(value: Decimal) -> Any:
    # money is DECIMAL(…,2) everywhere; a count is DECIMAL(…,0); four places are lessons, hours, target values
    places = -int(value.as_tuple().exponent)
    if places == 2:
        return f"{value:.2f}"
    return int(value) if places <= 0 else float(value)


def connect(settings: Settings, release: str | None = None) -> Any:
    """A locked-down read-only DuckDB connection on a release (default: the current one). ReleaseError if there is none."""
    from orchestration.release.publish import resolve

    return open_read_only(resolve(settings, release), settings)


def open_read_only(warehouse: Path, settings: Settings) -> Any:
    """Open a warehouse file read-only: no other file, no network, no extension, settings locked."""
    import duckdb

    config: dict[str, Any] = {
        "threads": settings.integer("threads"),
        "memory_limit": settings["memory_limit"],
        "temp_directory": str(settings.build / "tmp"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        connection = duckdb.connect(str(warehouse), read_only=True, config=config)
        # DuckDB draws its bar on stdout, between the rows, once a streamed answer has taken two seconds
        connection.execute("SET enable_progress_bar = false")
        # in this order: where spills go cannot be said once access is off
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return connection
    except duckdb.Error as error:
        raise SkillhouseError(
            f"版本文件无法打开：{warehouse}。请运行 skillhouse release verify。",
            f"the release file cannot be opened: {warehouse}. Run `skillhouse release verify`.",
        ) from error


@contextmanager
def run_query(settings: Settings, sql: str, release: str | None = None) -> Iterator[Result]:
    """Run one statement on a release. QueryError if it is not one statement that answers, or DuckDB refuses it."""
    import duckdb

    connection = connect(settings, release)
    try:
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1:
                raise QueryError(
                    f"一次只能查询一条语句，收到 {len(statements)} 条。",
                    f"one statement at a time, not {len(statements)}.",
                )
            cursor = connection.execute(statements[0])
        except duckdb.Error as error:
            reason = str(error).strip().splitlines()[0]
            is_refused = isinstance(error, (duckdb.PermissionException, duckdb.InvalidInputException))
            kind = QueryRefused if is_refused else QueryError
            raise kind(f"查询被拒绝：{reason}", f"query refused: {reason}") from error
        described = cursor.description or []
        yield Result([column[0] for column in described], cursor, [])
    finally:
        connection.close()


def records(connection: Any, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The rows of one statement of ours as plain dicts; each `?` stands for one of `values`."""
    cursor = connection.execute(_filled(sql, values))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, map(value_for_json, row), strict=True)) for row in cursor.fetchall()]


def _filled(sql: str, values: Sequence[Any]) -> str:
    # literals, because DuckDB imports pandas, more than a second, for the first bound parameter
    pieces = sql.split("?")
    literals = [*map(literal, values), ""]
    return "".join(piece + value for piece, value in zip(pieces, literals, strict=True))


def literal(value: Any) -> str:
    """A value as an SQL literal: text quoted, NULL, true, false, whole numbers."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else text(value)


def has_table(connection: Any, name: str) -> bool:
    """Whether the release holds the mart."""
    sql = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' AND table_name = ?"
    return bool(records(connection, sql, [name]))


def indicator_definitions(settings: Settings, release: str | None = None) -> list[dict[str, Any]]:
    """The definitions of all indicators of a release, by code."""
    connection = connect(settings, release)
    try:
        return records(connection, "SELECT * FROM marts.mart_indicator_definition ORDER BY indicator_code")
    finally:
        connection.close()


VALUES = """
SELECT indicator_code, reporting_unit, period, dimension, member, numerator, denominator, value, unit_of_measure
FROM marts.mart_indicator
WHERE {where}
ORDER BY reporting_unit, period, dimension, member
"""


def indicator(
    settings: Settings, code: str, *, unit: str | None = None, period: str | None = None, release: str | None = None
) -> dict[str, Any]:
    """Definition and values of one indicator; without unit and period the undivided values of all. NoSuchFigure."""
    connection = connect(settings, release)
    try:
        found = records(connection, "SELECT * FROM marts.mart_indicator_definition WHERE indicator_code = ?", [code])
        if not found:
            raise NoSuchFigure(
                f"没有指标 {code}：用 skillhouse indicator list 查看全部代码。",
                f"no indicator {code}: see `skillhouse indicator list`.",
            )
        given = {"reporting_unit": unit, "period": period}
        bound = {name: value for name, value in given.items() if value is not None}
        where = ["indicator_code = ?", *(f"{name} = ?" for name in bound)]
        if len(bound) < len(given):
            where.append("dimension = 'all'")
        values = records(connection, VALUES.format(where=" AND ".join(where)), [code, *bound.values()])
        return {"definition": found[0], "values": values}
    finally:
        connection.close()
