"""How fast the way from exports to a report is, beside a plain script and a hand-written floor on the same files.

Every stage runs in a process of its own; its memory is that of the whole process tree, read from /proc twenty times a second.
Not here: the scripts compared with (benchmarks/), what the stages do.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from expectations.contract import contracts
from orchestration.build import Progress, clear, prepare
from orchestration.dbt_run import run_dbt
from orchestration.errors import SkillhouseError
from orchestration.settings import PROJECT, Settings

UNIT = "500103"
PERIOD = "2021Q4"
PAGE = os.sysconf("SC_PAGE_SIZE")
STARTS = {
    "--help": ["--help"],
    "query": ["query", "SELECT * FROM marts.mart_target_progress LIMIT 5", "--format", "json"],
    "indicator": ["indicator", "show", "person_times", "--json"],
}
# what the floor makes, with all that leads to it; exposures are not built
TARGETS = "+mart_target_progress"


class BenchError(SkillhouseError):
    """A stage that failed, so that no figure can be given."""


@dataclass(frozen=True)
class Measure:
    """One stage: wall seconds, peak resident memory of the process tree in MB, rows where it has any."""

    stage: str
    seconds: float
    peak_mb: float
    rows: int | None = None

    @property
    def rows_per_second(self) -> int | None:
        """Rows by wall second."""
        return round(self.rows / self.seconds) if self.rows else None


def run_bench(settings: Settings, people: list[int], seed: int = 1) -> list[dict[str, Any]]:
    """One result per size: stages, comparison and start-up times. BenchError if a stage fails."""
    return [_one(settings.home / "bench", size, seed) for size in people]


def _one(folder: Path, people: int, seed: int) -> dict[str, Any]:
    place = folder / str(people)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    exports, home = place / "exports", place / "home"
    stages = [_command(home, "sample", ["sample", exports, "--people", people, "--dirt", "none", "--format", "csv",
                                        "--seed", seed])]  # fmt: skip
    answers = {}
    for stage, arguments in (("load", [str(exports)]), ("targets", []), ("build", [])):
        measure, answers[stage] = _stage(home, stage, arguments)
        stages.append(measure)
    load = answers["load"]
    rows = load["rows"]
    stages[1] = Measure("load", stages[1].seconds, stages[1].peak_mb, rows)
    report = ["report", "quarterly", "--period", PERIOD, "--unit", UNIT, "-o", place / "reports"]
    stages.append(_command(home, "report", report))
    compared = [_script(place, name, exports) for name in ("pandas_script", "floor")]
    starts = {name: min(_command(home, name, words).seconds for _ in range(3)) for name, words in STARTS.items()}
    roster = _roster(place)
    starts["load"] = min(_command(place / f"roster_home_{n}", "load", ["load", roster]).seconds for n in range(3))
    total = sum(item.seconds for item in stages if item.stage not in ("sample", "targets"))
    return {
        "people": people,
        "files": load["files"],
        "bytes": sum(path.stat().st_size for path in exports.rglob("*") if path.is_file()),
        "stages": [asdict(item) | {"rows_per_second": item.rows_per_second} for item in stages],
        "parts": {stage: answer["parts"] for stage, answer in answers.items()},
        "pipeline_seconds": round(total, 2),
        "compared": [asdict(item) | {"pipeline_is": round(total / item.seconds, 1)} for item in compared],
        "same_table": _same(place, home),
        "starts": starts,
    }


def _roster(place: Path) -> Path:
    """One roster, as a bureau exports it."""
    folder = place / "roster"
    _command(
        place / "home",
        "sample",
        ["sample", folder, "--people", 400, "--from", "2021-10", "--to", "2021-12", "--dirt", "none"],
    )
    return min(folder.rglob(f"*{contracts()['enrollments'].title_zh}*"))


def _command(home: Path, stage: str, words: list[Any]) -> Measure:
    code = "from orchestration.cli import main; main()"
    measure, _ = _watched(stage, ["env", f"SKILLHOUSE_HOME={home}", sys.executable, "-c", code, *map(str, words)])
    return measure


def _stage(home: Path, stage: str, words: list[str]) -> tuple[Measure, dict[str, Any]]:
    command = ["env", f"SKILLHOUSE_HOME={home}", sys.executable, "-m", "orchestration.bench", stage, *words]
    measure, out = _watched(stage, command)
    return measure, json.loads(out.splitlines()[-1])


def _script(place: Path, name: str, exports: Path) -> Measure:
    script = PROJECT / "benchmarks" / f"{name}.py"
    measure, _ = _watched(name, [sys.executable, str(script), str(exports), str(place / f"{name}.csv")])
    return measure


def _watched(stage: str, command: list[str]) -> tuple[Measure, str]:
    started, peak = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT) as child:
        while True:
            try:
                out, err = child.communicate(timeout=0.05)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, _tree_bytes(child.pid))
        seconds = time.perf_counter() - started
    if child.returncode != 0:
        last = (err.strip().splitlines() or ["?"])[-1]
        raise BenchError(f"测速阶段 {stage} 失败：{last}", f"stage {stage} failed: {last}")
    return Measure(stage, round(seconds, 3), round(peak / 1e6, 1)), out


def _tree_bytes(root: int) -> int:
    """Resident bytes of a process and all below it; a process that ends meanwhile counts nothing."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        children.setdefault(parent, []).append(int(path.parent.name))
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
        except (OSError, IndexError):
            continue
    return total


def _same(place: Path, home: Path) -> bool:
    """Whether both scripts and the release give the same targets and actuals."""
    import duckdb

    release = home / "CURRENT" / "warehouse.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{release}' AS r (READ_ONLY)")
        ours = connection.execute(OURS, [UNIT]).fetchall()
        others = [
            connection.execute(THEIRS.format(file=place / f"{name}.csv")).fetchall()
            for name in ("pandas_script", "floor")
        ]
    return bool(ours) and all(other == ours for other in others)


CODES = "('person_times', 'apprentices', 'skilled_share', 'high_skilled_share')"
OURS = f"""
SELECT indicator_code, period, round(target_value::DOUBLE, 6), round(actual_value::DOUBLE, 6)
FROM r.marts.mart_target_progress
WHERE reporting_unit = ? AND breakdown = '' AND indicator_code IN {CODES}
ORDER BY ALL
"""
THEIRS = """
SELECT indicator_code, period, round(target_value, 6), round(actual_value, 6)
FROM read_csv('{file}', header = true, types = {{'period': 'VARCHAR', 'target_value': 'DOUBLE', 'actual_value': 'DOUBLE'}})
ORDER BY ALL
"""


class _Clock:
    """Seconds between the stages that a progress callback names."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}
        self.stage, self.since = "start", time.perf_counter()

    def report(self, stage: str, done: int, total: int) -> None:
        name = f"{stage} {done}" if stage == "build" else stage
        if name != self.stage:
            now = time.perf_counter()
            self.parts[self.stage] = round(self.parts.get(self.stage, 0.0) + now - self.since, 3)
            self.stage, self.since = name, now


def _main(stage: str, words: list[str]) -> None:
    """A stage in this process: prints what it took, part by part, as one line of JSON."""
    from orchestration.jobs import run_build, run_load
    from orchestration.settings import load_settings

    clock, answer = _Clock(), {}
    if stage == "load":
        report = run_load(load_settings(), words, progress=clock.report)
        answer = {"files": len(report.files), "rows": sum(file["rows_read"] or 0 for file in report.files)}
    elif stage == "build":
        answer = {"release": run_build(load_settings(), progress=clock.report)}
    else:
        _build_targets(load_settings(), clock.report)
    clock.report("end", 0, 0)
    print(json.dumps(answer | {"parts": clock.parts}))


def _build_targets(settings: Settings, tell: Progress) -> None:
    """The target table and what leads to it, nothing published: what dbt and its layers cost beside the floor."""
    from orchestration.home import writing

    with writing(settings):
        tell("prepare", 0, 1)
        prepare(settings)
        run_dbt(settings, tell, TARGETS)
        clear(settings)


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2:])
