"""The run of dbt over a prepared build: its command line, the run itself, which models failed.

Not here: what dbt reads (`build.py`).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from orchestration.build import BuildError, Progress
from orchestration.given import DBT
from orchestration.settings import Settings


def dbt_command(settings: Settings, verb: str = "build", *arguments: str) -> list[str]:
    """The command line of dbt on this home; always the same for one home, so that dbt parses only what changed.

    It runs in the build folder, which must be there: dbt takes the path of a database for a URL and its name from it, so
    that a home with `#`, `?` or a quote in its path could not be built. It ends with the process that started it: left alone
    after a kill it would hold the files of the next build.
    """
    kept = settings.build / "dbt"
    places = [
        "--project-dir",
        DBT,
        "--profiles-dir",
        DBT,
        "--target-path",
        kept / "target",
        "--log-path",
        kept / "logs",
    ]
    where = ["env", "-C", str(settings.build)]
    variables = ["SKILLHOUSE_BUILD=.", f"SKILLHOUSE_MEMORY_LIMIT={settings['memory_limit']}",
                 f"SKILLHOUSE_THREADS={settings['threads']}", "DO_NOT_TRACK=1"]  # fmt: skip
    tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    dbt = Path(sys.executable).parent / "dbt"
    return [*where, *variables, *tied, str(dbt), "--no-use-colors", verb, *map(str, places), *arguments]


def run_dbt(settings: Settings, progress: Progress | None = None, select: str | None = None) -> None:
    """Run `dbt build` on the prepared database; BuildError with the names of the nodes that failed.

    `select`: nodes in dbt's words, default all. Unit tests are left out: they judge the code, not the data, and run with
    the project's tests.
    """
    tell = progress or (lambda stage, done, total: None)
    tell("dbt", 0, 1)
    results = settings.build / "dbt" / "target" / "run_results.json"
    results.unlink(missing_ok=True)
    chosen = ["--select", select] if select else []
    command = dbt_command(
        settings, "build", "--exclude-resource-type", "unit_test", "--quiet", "--log-level-file", "warn", *chosen
    )
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise _failure(results, run.stdout + run.stderr)
    tell("dbt", 1, 1)


def _failure(results: Path, output: str) -> BuildError:
    """Which nodes failed; where dbt did not get so far, its last line."""
    if results.is_file():
        nodes = json.loads(results.read_text(encoding="utf-8"))["results"]
        names = sorted(n["unique_id"].split(".")[2] for n in nodes if n["status"] in ("error", "fail"))
    else:
        names = []
    last = next((line for line in reversed(output.splitlines()) if line.strip()), "")
    what = "、".join(names) or last.strip()
    return BuildError(
        zh=f"数据仓库未能生成，当前版本不变。出错的模型或检查：{what}。详情见数据目录下 build/dbt/logs/dbt.log。",
        en=f"the warehouse was not built, nothing changed; failed: {what}. See build/dbt/logs/dbt.log in the home.",
    )
