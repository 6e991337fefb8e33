"""Runs a load, or a publish over a ready build, in a process of its own that a test may kill.

The judging process and dbt are left out: what is tried here is the order of writes, and both only read. Called as
`python -m tests.integration.kill_driver load HOME EXPORTS` or `… publish HOME BUILT_DATABASE`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from unittest import mock

from orchestration.settings import load_settings


class CountingEngine:
    """Answers as the judging process would: the same counts, from the same predicates, without its import."""

    def __init__(self, **_) -> None:
        pass

    def __enter__(self) -> CountingEngine:
        return self

    def __exit__(self, *_) -> None:
        pass

    def judge(self, candidate, expectations, **_):
        """Judgements by expectation id."""
        import duckdb

        from expectations.engine import Judgement

        counts = [f"count(*) FILTER (WHERE {e.where})" if e.where else "0" for e in expectations]
        source = f"read_parquet('{candidate}') WHERE duplicate_of IS NULL"
        found = duckdb.execute(f"SELECT {', '.join(counts)} FROM {source}").fetchone()
        return {e.id: Judgement(e.id, n == 0, n, None) for e, n in zip(expectations, found, strict=True)}


def main(what: str, home: str, given: str) -> None:
    """Run one of the two and print `done`."""
    settings = load_settings(home)
    if what == "load":
        from orchestration.intake.load import load

        with mock.patch("expectations.engine.Engine", CountingEngine):
            load(settings, [given])
    else:
        from orchestration.release.publish import build_release

        def prepare(settings, as_of=None, data_date=None) -> Path:
            settings.build.mkdir(exist_ok=True)
            return shutil.copytree(given, settings.build, dirs_exist_ok=True) / "scratch.duckdb"

        with mock.patch("orchestration.build.prepare", prepare), mock.patch("orchestration.dbt_run.run_dbt"):
            build_release(settings)
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
