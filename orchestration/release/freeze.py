"""Frozen periods: which release is official for a closed period, and what it said, for a build to compare with.

`releases/frozen.json` maps a period to its release and the time it was frozen. A build reads the frozen figures into the
schema `control`, so that `mart_restatement` can say what has moved since. Not here: publishing (`release/publish.py`).
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from expectations.contract import contracts
from expectations.sql import literal
from orchestration.home import writing
from orchestration.intake.submission import TIME, write_json
from orchestration.release.publish import ReleaseError, resolve, show
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

PERIOD = re.compile(r"\d{4}(Q[1-4])?|\d{4}-\d{4}")

FIGURE = "indicator_code, reporting_unit, period, dimension, member, numerator, denominator, value"


def freeze(settings: Settings, release_id: str, period: str) -> None:
    """Mark the official release of a closed period; a period once frozen keeps its release.

    ReleaseError where the period is none, is not over at the release's data date, or is frozen as another release.
    """
    manifest = show(settings, release_id)
    if not PERIOD.fullmatch(period) or period not in _closed(settings, release_id, manifest["data_date"]):
        raise ReleaseError(
            zh=f"版本 {release_id} 的数据截至 {manifest['data_date']}，其中没有已结束的期间 {period}，不能定稿。",
            en=f"release {release_id} speaks of {manifest['data_date']} and holds no closed period {period}.",
        )
    with writing(settings):
        known = frozen(settings)
        official = known.get(period, {}).get("release_id", release_id)
        if official != release_id:
            raise ReleaseError(
                zh=f"{period} 已由版本 {official} 定稿，不能改为 {release_id}。",
                en=f"{period} is already frozen as release {official}.",
            )
        entry = {"release_id": release_id, "frozen_at": datetime.now(UTC).strftime(TIME)}
        write_json(settings.releases / "frozen.json", {period: entry} | known)


def frozen(settings: Settings) -> dict[str, dict[str, Any]]:
    """Frozen periods: period -> {release_id, frozen_at}."""
    path = settings.releases / "frozen.json"
    entries = json.loads(path.read_bytes()) if path.is_file() else {}
    return {p: {"release_id": e, "frozen_at": ""} if isinstance(e, str) else e for p, e in entries.items()}


def _closed(settings: Settings, release_id: str, data_date: str) -> set[str]:
    import duckdb

    with duckdb.connect(str(resolve(settings, release_id)), read_only=True) as connection:
        day = literal(date.fromisoformat(data_date).isoformat())
        sql = f"SELECT period FROM marts.dim_period WHERE is_loaded AND ends_on <= {day}::DATE"
        return {period for (period,) in connection.execute(sql).fetchall()}


def write_frozen(connection: duckdb.DuckDBPyConnection, settings: Settings, moment: str | None) -> None:
    """Create `control.frozen`, `control.frozen_figure` and `control.dataset` in a build database, after `control.build`.

    `moment`: a replay knows only what was frozen by then; None for a build of today, which knows all. The very release
    that is being built is left out: nothing has moved since.
    """
    connection.execute(
        "CREATE TABLE control.frozen (period VARCHAR, release_id VARCHAR, frozen_at TIMESTAMP, as_of TIMESTAMP,"
        " data_date DATE, code_version VARCHAR)"
    )
    connection.execute(
        "CREATE TABLE control.frozen_figure (indicator_code VARCHAR, reporting_unit VARCHAR, period VARCHAR,"
        " dimension VARCHAR, member VARCHAR, numerator DOUBLE, denominator DOUBLE, value DOUBLE)"
    )
    connection.execute("CREATE TABLE control.dataset (dataset VARCHAR, title_zh VARCHAR)")
    titles = ", ".join(f"({literal(name)}, {literal(contract.title_zh)})" for name, contract in contracts().items())
    connection.execute(f"INSERT INTO control.dataset VALUES {titles}")
    for period, entry in sorted(frozen(settings).items()):
        manifest = show(settings, entry["release_id"])
        if (moment and entry["frozen_at"] > moment) or _is_this_build(connection, manifest):
            continue
        told = [period, entry["release_id"], entry["frozen_at"].rstrip("Z") or None, manifest["as_of"].rstrip("Z")]
        told += [manifest["data_date"], manifest["code_version"]]
        values = ", ".join("NULL" if value is None else literal(value) for value in told)
        connection.execute(f"INSERT INTO control.frozen VALUES ({values})")
        connection.execute(f"ATTACH {literal(resolve(settings, entry['release_id']))} AS official (READ_ONLY)")
        connection.execute(
            f"INSERT INTO control.frozen_figure SELECT {FIGURE} FROM official.marts.mart_indicator"
            f" WHERE period = {literal(period)}"
        )
        connection.execute("DETACH official")


def _is_this_build(connection: duckdb.DuckDBPyConnection, manifest: dict) -> bool:
    """Whether a release was made of what this build is made of: submissions, data date, drafts, code."""
    build = connection.execute("SELECT data_date::VARCHAR, preview, code_version FROM control.build").fetchone()
    if build != (manifest["data_date"], manifest["preview"], manifest["code_version"]):
        return False
    known = {identity for (identity,) in connection.execute("SELECT submission_id FROM control.submission").fetchall()}
    return known == {item["submission_id"] for item in manifest["inputs"]}
