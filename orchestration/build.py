"""What a build begins with: `prepare` lays out what dbt reads.

Two files: `scratch.duckdb` holds what is read (schemas `lake`: standing rows, `control`: submissions, files, rules, `given`:
codes, divisions, policies; see `given.py`) and the working tables; `warehouse.duckdb` only what is published, so that
publishing moves a file and copies nothing.
Not here: running dbt (`dbt_run.py`), what a number means (dbt), auditing and publishing (`release/publish.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from expectations.contract import contracts
from expectations.sql import literal
from orchestration.errors import SkillhouseError, UsageError
from orchestration.given import lake_columns, write_given
from orchestration.intake.submission import TIME, check_unchanged, manifests, standing
from orchestration.settings import Settings

Progress = Callable[[str, int, int], None]

COUNTS = "rows_read rows_not_data rows_duplicate rows_quarantined rows_accepted"
AMOUNTS = "fen_read fen_duplicate fen_quarantined fen_accepted"


def _columns(texts: str, **others: str) -> dict[str, str]:
    """Names of VARCHAR columns, then other columns with their type."""
    return dict.fromkeys(texts.split(), "VARCHAR") | others


QUARANTINE = _columns(
    "submission_id dataset reporting_unit period file_name sheet rule_id reason column_name",
    row_no="INTEGER",
    amount_fen="BIGINT",
)
MENDED = _columns(
    "submission_id dataset reporting_unit period file_name sheet first_submission_id first_file_name first_sheet",
    row_no="INTEGER",
    first_row_no="INTEGER",
    first_committed_at="TIMESTAMP",
    amount_fen="BIGINT",
)
SUBMISSION = _columns("submission_id dataset reporting_unit period replaces verdict") | {
    "period_starts_on": "DATE", "period_ends_on": "DATE", "committed_at": "TIMESTAMP", "is_standing": "BOOLEAN",
}  # fmt: skip
FILE = _columns(
    "submission_id dataset reporting_unit period file_name path sha256 verdict",
    **dict.fromkeys(f"{COUNTS} {AMOUNTS}".split(), "BIGINT"),
)
OPENING = _columns("submission_id reporting_unit period account", booked_month="DATE", opening_yuan="DECIMAL(18,2)")
RESULT = _columns("submission_id dataset rule_id severity state", checked="BIGINT", failed="BIGINT")
RULE = _columns("rule_id dataset severity reason clause message_zh message_en")


class BuildError(SkillhouseError):
    """A build that cannot be made: nothing loaded, or models that failed (named)."""


def prepare(settings: Settings, as_of: str | None = None, data_date: str | None = None) -> Path:
    """Write `build/scratch.duckdb` afresh with the schemas lake, control and given; the path of the file.

    `as_of`: ISO time, default the last commit; `data_date`: ISO date the figures speak of, default the end of the newest
    period loaded. Raises BuildError when nothing was committed by then, DamagedError, UsageError for a time or date that is none.
    """
    import duckdb

    from expectations.across import judge_across
    from orchestration.allocation.given import write_allocations
    from orchestration.intake.decided import tell_decided
    from orchestration.release.freeze import write_frozen

    found = manifests(settings)
    moment = _moment(as_of) if as_of else (found[-1]["committed_at"] if found else "")
    found = [m for m in found if m["committed_at"] <= moment]
    stand = standing(found)
    if not stand:
        raise BuildError(
            zh=f"{settings.home} 在指定时间之前没有已接收的数据。请先运行 skillhouse load。",
            en=f"{settings.home} holds no accepted submission by that time; run `skillhouse load` first.",
        )
    ids = {m["submission_id"] for m in stand.values()}
    check_unchanged(settings, found, ids)
    day = _day(data_date) if data_date else max(m["period_ends_on"] for m in stand.values())
    settings.build.mkdir(parents=True, exist_ok=True)
    clear(settings)
    database = settings.build / "scratch.duckdb"
    connection = duckdb.connect(str(database))
    try:
        connection.execute(f"SET threads = {settings.integer('threads')}")
        connection.execute("BEGIN")
        _write_control(connection, settings, found, ids, moment, day)
        connection.execute("CREATE SCHEMA lake")
        for name in contracts():
            _write_lake_view(connection, settings, name, [m for s, m in stand.items() if s.dataset == name])
        _write_aside_view(connection, settings, found, "quarantine", QUARANTINE)
        _write_aside_view(connection, settings, found, "mended", MENDED)
        judge_across(connection)
        write_given(connection)
        write_allocations(connection, settings, moment if as_of else None)
        connection.execute("COMMIT")
        write_frozen(connection, settings, moment if as_of else None)
        if as_of is None:
            tell_decided(connection, settings, stand.values())
    finally:
        connection.close()
    return database


def clear(settings: Settings) -> None:
    """Remove the files of a build that is over."""
    for name in ("scratch", "warehouse"):
        for suffix in (".duckdb", ".duckdb.wal"):
            (settings.build / f"{name}{suffix}").unlink(missing_ok=True)


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            zh=f"--as-of {text} 不是时间：请写成 2021-07-05 或 2021-07-05T08:00:00Z。",
            en=f"--as-of {text} is no time: write 2021-07-05 or 2021-07-05T08:00:00Z.",
        ) from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime(TIME)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(
            zh=f"--data-date {text} 不是日期：请写成 2021-06-30。",
            en=f"--data-date {text} is no date: write 2021-06-30.",
        ) from error


def _table(connection, name: str, columns: dict[str, str], rows: Iterable[dict]) -> None:
    """Create a table and fill it with dictionaries; a key that is missing is NULL."""
    import pyarrow as pa

    declared = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    connection.execute(f"CREATE TABLE {name} ({declared})")
    listed = [{c: _text(row.get(c)) for c in columns} for row in rows]
    if listed:
        given = pa.Table.from_pylist(listed, schema=pa.schema([(c, pa.string()) for c in columns]))  # noqa: F841 - read by DuckDB
        cast = ", ".join(f'"{c}"::{kind} AS "{c}"' for c, kind in columns.items())
        connection.execute(f"INSERT INTO {name} SELECT {cast} FROM given")


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _write_control(connection, settings: Settings, found: list[dict], stand: set[str], moment: str, day: str) -> None:
    from orchestration.release.publish import code_version

    connection.execute("CREATE SCHEMA control")
    preview = [p.strip() for p in settings["preview"].split(",") if p.strip()]
    connection.execute(
        "CREATE TABLE control.build (as_of TIMESTAMP, data_date DATE, preview VARCHAR[], code_version VARCHAR)"
    )
    connection.execute(
        "INSERT INTO control.build VALUES (?::TIMESTAMP, ?::DATE, ?, ?)",
        [moment.rstrip("Z"), day, preview, code_version()],
    )
    submissions, files, openings, results = [], [], [], []
    for manifest in found:
        identifier = manifest["submission_id"]
        own = {k: manifest[k] for k in ("submission_id", "dataset", "reporting_unit", "period")}
        is_standing = identifier in stand
        submissions.append(
            manifest | {"is_standing": is_standing, "committed_at": manifest["committed_at"].rstrip("Z")}
        )
        for file in manifest["files"]:
            files.append(file | own)
            openings += [o | own for o in file.get("opening") or [] if is_standing]
        results += [r | own for r in manifest.get("rules") or []]
    _table(connection, "control.submission", SUBMISSION, submissions)
    _table(connection, "control.file", FILE, files)
    _table(connection, "control.opening", OPENING, openings)
    _table(connection, "control.rule_result", RESULT, results)
    _table(connection, "control.rule", RULE, _rules())


def _rules() -> list[dict]:
    """Every rule of every suite, derived ones included, and the rules across datasets."""
    from expectations.across import across_rules
    from expectations.model import suites

    rules = [*(rule for suite in suites().values() for rule in suite.rules), *across_rules()]
    kept = ("dataset", "severity", "reason", "clause")
    return [
        {
            "rule_id": r.id,
            "message_zh": r.message["zh"],
            "message_en": r.message["en"],
            **{k: getattr(r, k) for k in kept},
        }
        for r in rules
    ]


def _paths(settings: Settings, found: list[dict], name: str) -> str:
    listed = sorted(str(settings.home / m[name]) for m in found if m.get(name))
    return ", ".join(map(literal, listed))


def _typed(columns: dict[str, str]) -> str:
    """A relation of no rows with the columns, so that a file without one of them still fits."""
    return "SELECT " + ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns.items()) + " WHERE false"


def _write_lake_view(connection, settings: Settings, dataset: str, stand: list[dict]) -> None:
    """One view over the standing row files, with the order of submissions beside the file's columns."""
    columns = {name: kind for name, (kind, _) in lake_columns(contracts()[dataset]).items()}
    paths = _paths(settings, stand, "rows")
    rows = _typed(columns)
    if paths:
        rows += f" UNION ALL BY NAME SELECT * FROM read_parquet([{paths}], union_by_name=true, hive_partitioning=false)"
    listed = ", ".join(f'f."{name}"' for name in columns)
    connection.execute(
        f"""CREATE VIEW lake.{dataset} AS
        SELECT {listed}, s.period_ends_on AS slot_ends_on,
            (s.period_ends_on - s.period_starts_on + 1)::INTEGER AS slot_days
        FROM ({rows}) AS f
        INNER JOIN scratch.control.submission AS s ON s.submission_id = f.submission_id"""
    )


def _write_aside_view(connection, settings: Settings, found: list[dict], name: str, columns: dict[str, str]) -> None:
    """One view over the files of that name in the manifests: rows set aside, or rows mended since."""
    paths = _paths(settings, found, name)
    rows = _typed(columns)
    if paths:
        rows += f" UNION ALL BY NAME SELECT * FROM read_parquet([{paths}], union_by_name=true, hive_partitioning=false)"
    listed = ", ".join(f'"{column}"::{kind} AS "{column}"' for column, kind in columns.items())
    connection.execute(f"CREATE VIEW lake.{name} AS SELECT {listed} FROM ({rows})")
