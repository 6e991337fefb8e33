"""Who may know whom. A failure names the line and the room that may hold it."""

import ast
import subprocess
import sys

import pytest

from tests.conventions.tree import ROOMS, imported, imported_at_top, modules, parsed

MAY_IMPORT = {
    "orchestration": {"orchestration", "expectations"},
    "expectations": {"expectations"},
    "dashboards": {"dashboards"},
}
# pages and reports are called, inside functions, by the command line, the demonstration and the report asset only
CALL_DASHBOARDS = {
    "orchestration/commands/show.py",
    "orchestration/demo.py",
    "orchestration/assets/published.py",
    "orchestration/drafts.py",
    "orchestration/bench.py",
}
ENGINE = "expectations/engine.py"
SETTINGS = "orchestration/settings.py"
HEAVY = {
    "great_expectations",
    "dagster_dbt",
    "dbt",
    "pandas",
    "pyarrow",
    "dash",
    "plotly",
    "duckdb",
    "xlsxwriter",
    "weasyprint",
    "kaleido",
}
LIGHT_MODULES = (
    "orchestration.cli",
    "orchestration.settings",
    "orchestration.home",
    "orchestration.release.publish",
    "orchestration.query",
    "orchestration.intake.submission",
    "expectations.contract",
)


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_import_only_the_rooms_they_may(room):
    wrong = []
    for path in modules(room):
        allowed = MAY_IMPORT[room] | ({"dashboards"} if path.as_posix() in CALL_DASHBOARDS else set())
        for name, line in imported(parsed(path)):
            root = name.split(".")[0]
            if root in ROOMS and root not in allowed:
                wrong.append(f"{path}:{line} imports {name}")
    assert not wrong, "docs/architecture.md, The rooms: " + "; ".join(wrong)


def test_dashboards_are_imported_inside_functions_only():
    wrong = [
        f"{path}:{line}"
        for path in modules("orchestration")
        for name, line in imported_at_top(path)
        if name.split(".")[0] == "dashboards"
    ]
    assert not wrong


def test_only_the_engine_imports_great_expectations():
    wrong = [
        f"{path}:{line}"
        for path in modules(*ROOMS, "benchmarks", "tests")
        for name, line in imported(parsed(path))
        if name.split(".")[0] == "great_expectations" and path.as_posix() != ENGINE
    ]
    assert not wrong, f"only {ENGINE} may import great_expectations"


def test_only_the_settings_read_the_environment():
    wrong = []
    for path in modules(*ROOMS):
        if path.as_posix() == SETTINGS:
            continue
        for node in ast.walk(parsed(path)):
            is_environment = isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
            if is_environment and isinstance(node.value, ast.Name) and node.value.id == "os" and not _sets(path, node):
                wrong.append(f"{path}:{node.lineno}")
    assert not wrong, f"a setting belongs in {SETTINGS}: {wrong}"


def _sets(path, attribute) -> bool:
    # a child process may switch a library's telemetry off for itself: os.environ["X"] = … or .setdefault
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Subscript) and target.value is attribute:
                    return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.value is attribute:
            return node.func.attr in ("setdefault", "update")
    return False


@pytest.mark.parametrize("module", LIGHT_MODULES)
def test_importing_a_light_module_imports_nothing_heavy(module):
    code = f"import sys, {module}; found = {HEAVY!r} & set(sys.modules); sys.exit(', '.join(sorted(found)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"import {module} brings {done.stderr}"


def test_pages_read_releases_and_nothing_else():
    wrong = [
        f"{path}:{line} imports {name}"
        for path in modules("dashboards")
        for name, line in imported(parsed(path))
        if name.split(".")[0] in ("orchestration", "expectations", "dagster", "dbt", "great_expectations")
    ]
    assert not wrong
