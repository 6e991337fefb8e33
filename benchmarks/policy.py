"""Policy models at the size of a municipality: the staging tables of a small home, times so many, and the seconds of each model.

Usage: python -m benchmarks.policy HOME WORK [--times 250]; HOME holds a release (6,000 person-times x 250 = 1.5 million), WORK is
an empty folder. Every copy has its own persons, classes, claims, firms and institutions. Seconds are those of the processor
over both cores, so that other work on the machine does not count. Reading, staging and the gate: `skillhouse bench`.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import duckdb

from orchestration.build import prepare
from orchestration.policy.trial import Scratch
from orchestration.release.publish import resolve, show
from orchestration.settings import load_settings
from tests.spec.marts.home import compiled_models

POLICY = {path.stem for path in (Path(__file__).resolve().parents[1] / "dbt_project" / "models" / "policy").rglob("*.sql")}
OWN = ("class_id", "person_key", "claim_id", "payee_id", "institution_id", "assessor_id", "employer_id", "group_id", "phone_key",
       "project_id", "assessment_batch", "certificate_no", "voucher_no", "response_no")  # fmt: skip
ONCE = {"stg_targets", "stg_workforce_stats", "stg_fund_quota", "stg_publications"}
CORES = 2


def seconds() -> float:
    """Processor seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def multiplied(connection: duckdb.DuckDBPyConnection, table: str, times: int) -> str:
    """The staging table so many times over, each copy with its own identifiers."""
    names = [row[0] for row in connection.execute(f"DESCRIBE small.staging.{table}").fetchall()]
    columns = [f"{name} || '-' || n AS {name}" if name in OWN else name for name in names]
    return f"SELECT {', '.join(columns)} FROM small.staging.{table}, range({1 if table in ONCE else times}) AS copies(n)"


def main() -> None:
    """Multiply, run every model after staging, print the policy models, dearest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--times", type=int, default=250)
    options = parser.parse_args()
    settings = load_settings(options.home)
    release = resolve(settings)
    manifest = show(settings, release.parent.name)
    place = Scratch(settings.home, settings.home_source, settings.values, settings.sources, options.work)
    options.work.mkdir(parents=True, exist_ok=True)
    scratch = prepare(place, as_of=manifest["as_of"], data_date=manifest["data_date"])
    connection = duckdb.connect(str(options.work / "warehouse.duckdb"))
    connection.execute(f"ATTACH '{scratch}'; ATTACH '{release}' AS small (READ_ONLY)")
    connection.execute("SET search_path = 'warehouse.main,scratch.main'")
    connection.execute(f"SET threads = {CORES}; SET memory_limit = '6GB'; SET preserve_insertion_order = false")
    connection.execute("CREATE SCHEMA staging; CREATE SCHEMA marts; CREATE SCHEMA scratch.work")
    spent: dict[str, float] = {}
    for relation, sql, _ in compiled_models():
        name = relation.split(".")[-1]
        began, clock = seconds(), time.monotonic()
        own = multiplied(connection, name, options.times) if name.startswith("stg_") else sql
        connection.execute(f"CREATE TABLE {relation} AS {own}")
        spent[name] = (seconds() - began) / CORES
        print(f"{name} {spent[name]:.2f} s on {CORES} cores, {time.monotonic() - clock:.1f} s by the clock", flush=True)
    trainings = connection.execute("SELECT count(*) FROM marts.fct_training WHERE is_counted").fetchone()[0]
    policy = {name: took for name, took in spent.items() if name in POLICY}
    sums = f"{len(policy)} policy models {sum(policy.values()):.1f} s, all {sum(spent.values()):.1f} s"
    print(f"\n{trainings:,} person-times: {sums}")
    for name, took in sorted(policy.items(), key=lambda item: -item[1])[:15]:
        print(f"{took:7.2f}  {name}")


if __name__ == "__main__":
    main()
