"""The files that the conventions speak of: everything git tracks or would track, and Python parsed once.

Not here: any convention.
"""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("orchestration", "expectations", "dashboards")
TEXT = {".py", ".sql", ".yml", ".yaml", ".toml", ".md", ".sh", ".html", ".css", ".csv", ".txt", ".json", ".cfg", ""}


@cache
def files() -> tuple[Path, ...]:
    """Paths of the project's own files, relative to it, in order."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        listed = [Path(name) for name in done.stdout.split("\0") if name]
    else:  # an export without git
        listed = [path.relative_to(PROJECT) for path in PROJECT.rglob("*") if path.is_file()]
        listed = [path for path in listed if not {".venv", "__pycache__", "target"} & set(path.parts)]
    return tuple(sorted(path for path in listed if (PROJECT / path).is_file()))


def modules(*folders: str) -> list[Path]:
    """The Python files below the folders."""
    return [path for path in files() if path.suffix == ".py" and path.parts[0] in folders]


def read(path: Path) -> str:
    """The text of a file of the project."""
    return (PROJECT / path).read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(read(path), filename=str(path))


def imported(tree: ast.AST) -> list[tuple[str, int]]:
    """Every module that a tree imports, at whatever depth, with its line."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append((node.module or "", node.lineno))
    return found


def imported_at_top(path: Path) -> list[tuple[str, int]]:
    """What a module imports when it is imported itself: not inside functions, not under TYPE_CHECKING."""
    found = []
    for node in parsed(path).body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.If, ast.Try, ast.With)):
            found += imported(node)
    return found
