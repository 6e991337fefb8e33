"""A small home for tests of models: rows given as lists become lake Parquet and manifests, as intake would commit them.

`Home(root).submit("classes", [{...}])`, then `build()` prepares the build database and runs every model's compiled SQL in
order in this process: a second instead of the ten that dbt takes. Contracts and dbt tests are judged by the dbt run itself.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from expectations.contract import contracts
from orchestration import build, dbt_run
from orchestration.given import lake_columns, write_policies
from orchestration.settings import Settings, load_settings

QUARTER_ENDS = {"1": "03-31", "2": "06-30", "3": "09-30", "4": "12-31"}


def period_days(period: str) -> tuple[str, str]:
    """First and last day of `2021`, `2021Q2` or `2019-2021`."""
    if "Q" in period:
        year, quarter = period.split("Q")
        return f"{year}-{3 * int(quarter) - 2:02}-01", f"{year}-{QUARTER_ENDS[quarter]}"
    first, last = (period.split("-") * 2)[:2]
    return f"{first}-01-01", f"{last}-12-31"


class Home:
    """A home under `root` whose submissions the test gives; commits are numbered, not clocked."""

    def __init__(self, root: Path, **overrides: str) -> None:
        self.settings: Settings = load_settings(root, **overrides)
        self.settings.submissions.mkdir(parents=True, exist_ok=True)
        self.commits = 0
        self.stands: dict[tuple[str, str, str], str] = {}

    def submit(
        self, dataset: str, rows: list[dict], unit: str = "500103", period: str = "2021", file_name: str | None = None,
        opening: list[dict] | None = None, quarantined: list[dict] | None = None,
    ) -> str:  # fmt: skip
        """Commit rows (column -> text or value; columns not given are NULL) as one submission; its id."""
        self.commits += 1
        number = self.commits
        identifier = hashlib.sha256(f"{dataset}{unit}{period}{number}".encode()).hexdigest()[:20]
        file_name = file_name or f"{dataset}.csv"
        folder = f"{dataset}/unit={unit}/period={period}"
        own = {
            "submission_id": identifier,
            "slot_unit": unit,
            "slot_period": period,
            "file_name": file_name,
            "sheet": "",
        }
        columns = {name: kind for name, (kind, _) in lake_columns(contracts()[dataset]).items()}
        lake = f"lake/{folder}/{identifier}.parquet"
        fen = _write(self.settings.home / lake, columns, [own | {"row_no": n + 2} | row for n, row in enumerate(rows)])
        aside = [{"dataset": dataset, "reporting_unit": unit, "period": period, **own, **q} for q in quarantined or []]
        quarantine = f"quarantine/{folder}/{identifier}.parquet" if aside else None
        if aside:
            _write(self.settings.home / quarantine, build.QUARANTINE, aside)
        starts_on, ends_on = period_days(period)
        counts = {
            "rows_read": len(rows) + len(aside) + 1, "rows_not_data": 1, "rows_duplicate": 0, "rows_quarantined": len(aside),
            "rows_accepted": len(rows), "fen_read": fen, "fen_duplicate": 0, "fen_quarantined": 0, "fen_accepted": fen,
        }  # fmt: skip
        file = {"dataset": dataset, "file_name": file_name, "path": f"{unit}/{period}/{file_name}", "sha256": identifier,
                "verdict": "accepted", **counts, "opening": opening or []}  # fmt: skip
        slot = (dataset, unit, period)
        manifest = {
            "submission_id": identifier, "dataset": dataset, "reporting_unit": unit, "period": period,
            "period_starts_on": starts_on, "period_ends_on": ends_on,
            "committed_at": f"2022-01-01T00:00:{number // 1000:02}.{number % 1000:03}000Z",
            "replaces": self.stands.get(slot), "mode": "replace", "verdict": "accepted", "rows": lake, "quarantine": quarantine,
            "contract_sha256": "0", "suite_sha256": "0", "reader_version": "0", "files": [file], "hashes": {},
            "rules": [
                {"rule_id": f"{dataset}.columns", "severity": "refuse", "checked": len(rows), "failed": 0, "state": "passed"}
            ],
        }  # fmt: skip
        self.stands[slot] = identifier
        target = self.settings.submissions / f"{identifier}.json"
        target.write_text(json.dumps(manifest), encoding="utf-8")
        return identifier

    def build(
        self, as_of: str | None = None, data_date: str | None = None, policy: bool = False, packs: list | None = None
    ) -> duckdb.DuckDBPyConnection:
        """Prepare the build database and run all models (those of `models/policy` only if asked); an open connection on it.

        `packs`: policy packs in place of those in use.
        """
        scratch = build.prepare(self.settings, as_of=as_of, data_date=data_date)
        connection = duckdb.connect(str(self.settings.build / "warehouse.duckdb"))
        connection.execute(f"ATTACH '{scratch}'; SET search_path = 'warehouse.main,scratch.main'; SET threads = 2")
        if packs is not None:
            connection.execute("USE scratch")
            write_policies(connection, packs)
            connection.execute("USE warehouse")
            connection.execute("SET search_path = 'warehouse.main,scratch.main'")
        connection.execute("CREATE SCHEMA staging; CREATE SCHEMA marts; CREATE SCHEMA scratch.work")
        for relation, sql, folder in compiled_models():
            if folder == "policy" and not policy:
                continue
            try:
                connection.execute(f"CREATE TABLE {relation} AS {sql}")
            except duckdb.Error as error:
                raise AssertionError(f"{relation}: {error}") from error
        return connection


def _write(path: Path, columns: dict[str, str], rows: list[dict]) -> int:
    """Write rows as Parquet with the lake's types; the sum of their amounts in fen."""
    unknown = {name for row in rows for name in row} - set(columns) - {"slot_unit", "slot_period"}
    assert not unknown, f"not in the lake: {sorted(unknown)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _writer()
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TABLE t ({declared})")
    if len(rows) > 5:
        lines = path.with_suffix(".json")  # one statement for all rows: executemany takes a millisecond a row
        texts = [json.dumps({name: row.get(name) for name in columns}, default=str) for row in rows]
        lines.write_text("\n".join(texts), encoding="utf-8")
        source = f"read_json('{lines}', format = 'newline_delimited', columns = {columns}, hive_partitioning = false)"
        connection.execute(f"INSERT INTO t SELECT * FROM {source}")
        lines.unlink()
    elif rows:
        marks = ", ".join(f"?::{kind}" for kind in columns.values())
        connection.executemany(f"INSERT INTO t VALUES ({marks})", [[row.get(name) for name in columns] for row in rows])
    connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    (fen,) = connection.execute("SELECT coalesce(sum(amount_fen), 0)::BIGINT FROM t").fetchone()
    return fen


@cache
def _writer() -> duckdb.DuckDBPyConnection:
    """One connection in memory that writes all files: opening one takes longer than a small file."""
    return duckdb.connect(config={"threads": 1})


@cache
def compiled_models() -> list[tuple[str, str, str]]:
    """(database.schema.table, SQL, first folder) of every model in dependency order, compiled by dbt once per test session."""
    root = Path(tempfile.mkdtemp(prefix="skillhouse-compile-"))
    try:
        settings = load_settings(root)
        settings.build.mkdir(parents=True)
        run = subprocess.run(
            dbt_run.dbt_command(settings, "compile", "--quiet"), capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr
        manifest = json.loads((settings.build / "dbt" / "target" / "manifest.json").read_text(encoding="utf-8"))
    finally:
        shutil.rmtree(root, ignore_errors=True)
    models = {k: n for k, n in manifest["nodes"].items() if n["resource_type"] == "model"}
    ordered: list[tuple[str, str, str]] = []
    done: set[str] = set()

    def visit(key: str) -> None:
        if key in models and key not in done:
            done.add(key)
            for parent in sorted(models[key]["depends_on"]["nodes"]):
                visit(parent)
            model = models[key]
            folders = model["path"].split("/")
            # the review reads the findings, the allocation the review: they are built where the policy is
            folder = "policy" if {"review", "allocation"} & set(folders) else folders[0]
            relation = f"{model['database']}.{model['schema']}.{model['name']}"
            ordered.append((relation, model["compiled_code"], folder))

    for key in sorted(models):
        visit(key)
    return ordered
