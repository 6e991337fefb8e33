"""Review and allocation of a municipality: 40 districts, 400 institutions in each, 1.5 million person-times of three years.

Usage: review.py [--districts N] [--institutions N] [--trainings N]. Draws the tables that the models read (`review.sql`), runs
the models as a build does and prints the seconds of each. Not here: what comes before them (reading, staging, indicators), which
is the business of `skillhouse bench`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from orchestration import dbt_run
from orchestration.allocation.formula import formula
from orchestration.allocation.given import CHANGE, COLUMNS
from orchestration.scheme.read import load_schemes, measures, write_schemes
from orchestration.settings import load_settings

OURS = ("review", "allocation")
DRAWN = Path(__file__).with_suffix(".sql")


def compiled() -> dict[str, dict]:
    """Every model of the project with its compiled SQL, by key of the manifest."""
    root = Path(tempfile.mkdtemp(prefix="skillhouse-benchmark-"))
    try:
        settings = load_settings(root)
        settings.build.mkdir(parents=True)
        subprocess.run(dbt_run.dbt_command(settings, "compile", "--quiet"), check=True, capture_output=True)
        manifest = json.loads((settings.build / "dbt" / "target" / "manifest.json").read_text(encoding="utf-8"))
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}


def drawn(connection: duckdb.DuckDBPyConnection, models: dict[str, dict], sizes: dict[str, int]) -> None:
    """The tables that review and allocation read, filled."""
    connection.execute(
        "CREATE SCHEMA control; CREATE SCHEMA given; CREATE SCHEMA work; CREATE SCHEMA staging; CREATE SCHEMA marts"
    )
    write_schemes(connection, load_schemes(), schema="given")
    for table, columns in (("allocation_record", COLUMNS), ("allocation_change", CHANGE)):
        declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"CREATE TABLE given.{table} ({declared}, sha256 VARCHAR)")
    connection.execute("CREATE TABLE given.allocation_lock (recipient_id VARCHAR, locked_fen BIGINT)")
    connection.execute("CREATE TABLE given.allocation_formula (step_no INTEGER, step VARCHAR, statement VARCHAR)")
    connection.executemany(
        "INSERT INTO given.allocation_formula VALUES (?, ?, ?)", [[n, *step] for n, step in enumerate(formula())]
    )
    connection.execute("CREATE TEMP TABLE measure (code VARCHAR, is_ratio BOOLEAN)")
    known = [
        [m, f.get("kind") == "ratio"] for m, f in measures().items() if "indicator" in f["use"] and m != "blocked_share"
    ]
    connection.executemany("INSERT INTO measure VALUES (?, ?)", known)
    connection.execute(DRAWN.read_text(encoding="utf-8").format(**sizes))
    for node in models.values():
        if node["name"].startswith("int_finding_"):
            connection.execute(
                f"CREATE TABLE work.{node['name']} AS SELECT class_id, person_key, 'block' AS severity"
                f" FROM work.int_training_ended WHERE hash(class_id, person_key, '{node['name']}') % 5000 = 0"
            )


def main() -> None:
    """Draw, run the models in order, print seconds."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, value in (("districts", 40), ("institutions", 400), ("trainings", 1_500_000)):
        asked.add_argument(f"--{name}", type=int, default=value)
    sizes = vars(asked.parse_args())
    models = compiled()
    folder = Path(tempfile.mkdtemp(prefix="skillhouse-benchmark-"))
    connection = duckdb.connect(str(folder / "drawn.duckdb"), config={"threads": 2, "memory_limit": "4GB"})
    drawn(connection, models, sizes)
    done: set[str] = set()
    spent: list[tuple[float, float, str]] = []

    def run(key: str) -> None:
        node = models.get(key)
        if (
            node is None
            or key in done
            or not {*OURS} & {*node["path"].split("/")}
            and node["name"] != "int_institution_score"
        ):
            return
        done.add(key)
        for parent in sorted(node["depends_on"]["nodes"]):
            run(parent)
        sql = node["compiled_code"].replace('"scratch".', "").replace('"warehouse".', "")
        wall, cpu = time.perf_counter(), time.process_time()
        shape = "VIEW" if node["config"]["materialized"] == "view" else "TABLE"
        connection.execute(f"CREATE {shape} {node['schema']}.{node['name']} AS {sql}")
        spent.append((time.perf_counter() - wall, time.process_time() - cpu, node["name"]))

    for key in sorted(models):
        run(key)
    for wall, cpu, name in sorted(spent, reverse=True)[:12]:
        print(f"{name:32} {wall:7.2f} s {cpu:7.2f} s CPU")
    print(
        f"{'together':32} {sum(s[0] for s in spent):7.2f} s {sum(s[1] for s in spent):7.2f} s CPU, {len(spent)} models"
    )
    pots = connection.execute(
        "SELECT count(*), count(*) FILTER (given <> pool) FROM (SELECT sum(proposed_yuan) AS given, any_value(pool_yuan) AS pool"
        " FROM marts.mart_allocation WHERE refusal IS NULL GROUP BY pot_key)"
    ).fetchone()
    scored = connection.execute(
        "SELECT count(*), count(DISTINCT (subject_kind, subject_id)) FROM marts.mart_review"
    ).fetchone()
    print(
        f"{scored[0]:,} lines of {scored[1]:,} subjects; {pots[0]} pots of money, {pots[1]} that do not come to their pool"
    )
    connection.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
