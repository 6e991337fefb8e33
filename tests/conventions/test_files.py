"""How files look: sizes, headings, docstrings, words that must not be there."""

import ast
import re
import tomllib
from pathlib import Path

from tests.conventions.tree import ROOMS, TEXT, files, modules, parsed, read

PYTHON_LINES = 300
MODEL_LINES = 80
LONG_MODULE = 100
OWN = ("orchestration", "expectations", "dashboards", "benchmarks")
HERE = Path("tests/conventions/test_files.py")

CLOCK = re.compile(
    r"\b(now|today|current_date|current_time|current_timestamp|localtime|localtimestamp|get_current_timestamp)\b\s*(\(\s*\))?",
    re.IGNORECASE,
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SKIPPED = re.compile(r"pytest\.(skip|xfail|importorskip)|mark\.(skip|skipif|xfail)")
MACHINE = re.compile(r"(?<![\w./-])/(work|root|home/\w+|Users)/|[A-Z]:\\\\Users")
REGISTRY = re.compile(
    r"https?://[^\s)\"'>]*(pypi|/simple/|artifactory|nexus|registry\.npm|proxy\.golang)", re.IGNORECASE
)
LONG = re.compile(r"^(requirements\.lock|data/|dashboards/assets/|docs/)")


def test_python_files_stay_under_three_hundred_lines():
    long = {str(p): n for p in modules(*OWN, "tests") if (n := read(p).count("\n")) > PYTHON_LINES}
    assert not long, f"split these by idea: {long}"


def test_models_hold_one_idea():
    models = [p for p in files() if p.suffix == ".sql" and p.parts[0] == "dbt_project"]
    long = {str(p): n for p in models if (n := read(p).count("\n")) > MODEL_LINES}
    assert not long, f"split these into intermediate models: {long}"


def test_models_do_not_read_the_clock():
    wrong = []
    for path in (p for p in files() if p.suffix == ".sql"):
        for number, line in enumerate(_without_comments(read(path)).splitlines(), start=1):
            if CLOCK.search(line):
                wrong.append(f"{path}:{number}")
    assert not wrong, f"the data date is in control.build: {wrong}"


def _without_comments(sql: str) -> str:
    sql = re.sub(r"\{#.*?#\}|/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), sql, flags=re.DOTALL)
    sql = re.sub(r"--[^\n]*", "", sql)
    return re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", sql)


def test_modules_say_what_belongs_in_them():
    bare, silent = [], []
    for path in modules(*OWN):
        heading = ast.get_docstring(parsed(path)) or ""
        if not heading:
            bare.append(str(path))
        elif read(path).count("\n") > LONG_MODULE and not re.search(r"[Nn]ot here|[Nn]othing|[Oo]nly", heading):
            silent.append(str(path))
    assert not bare, f"a module's first lines say what belongs in it: {bare}"
    assert not silent, f"a longer module also says what does not belong in it: {silent}"


def test_public_functions_and_classes_have_docstrings():
    bare = [f"{p}: {n.name}" for p in modules(*OWN) for n in _public(p) if not ast.get_docstring(n)]
    assert not bare


def test_public_functions_are_typed():
    functions = ((p, n) for p in modules(*OWN) for n in _public(p) if isinstance(n, ast.FunctionDef))
    bare = [f"{p}: {n.name}" for p, n in functions if n.returns is None and not n.decorator_list]
    assert not bare


def _public(path: Path) -> list[ast.AST]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in parsed(path).body if isinstance(node, kinds) and not node.name.startswith("_")]


def test_no_error_is_swallowed():
    wrong = []
    for path in modules(*OWN):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ExceptHandler):
                blanket = node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "BaseException")
                silent = all(isinstance(item, (ast.Pass, ast.Continue)) for item in node.body)
                broad = isinstance(node.type, ast.Name) and node.type.id == "Exception"
                if blanket or (silent and broad):
                    wrong.append(f"{path}:{node.lineno}")
    assert not wrong


def test_nothing_is_left_for_later_and_no_test_is_skipped():
    wrong = []
    for path in files():
        if path == HERE or path.suffix not in TEXT or LONG.match(path.as_posix()):
            continue
        text = _text(path)
        wrong += [f"{path}: {m.group()}" for m in UNFINISHED.finditer(text)]
        if path.parts[0] == "tests":
            wrong += [f"{path}: {m.group()}" for m in SKIPPED.finditer(text)]
    assert not wrong


def test_every_folder_of_tests_is_run():
    run = tomllib.loads(read(Path("pyproject.toml")))["tool"]["pytest"]["ini_options"]["testpaths"]
    holding = {"/".join(p.parts[:2]) for p in modules("tests") if p.name.startswith("test_")}
    assert holding == set(run)


def test_no_machine_path_and_no_registry_host():
    wrong = []
    for path in files():
        if path == HERE or path.suffix not in TEXT | {".lock"}:
            continue
        text = _text(path)
        wrong += [f"{path}: {m.group()}" for pattern in (MACHINE, REGISTRY) for m in pattern.finditer(text)]
    assert not wrong


def _text(path: Path) -> str:
    try:
        return read(path)
    except UnicodeDecodeError:  # exports in GB18030 are data, not text of ours
        return ""


def test_nothing_is_called_utils():
    vague = {"utils", "util", "helpers", "misc", "common"}
    wrong = [
        str(p) for p in files() if p.parts[0] in (*ROOMS, "tests", "benchmarks") and vague & {*p.parts[:-1], p.stem}
    ]
    assert not wrong
