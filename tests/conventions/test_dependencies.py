"""What is installed is what is locked, and everything asked for is locked."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.conventions.tree import PROJECT, read

LINE = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def canonical(name: str) -> str:
    """The name of a package as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    """Package and version of every line of the lock."""
    return {canonical(name): pinned for name, pinned in LINE.findall(read(Path("requirements.lock")))}


def test_every_dependency_is_locked_with_hashes():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {canonical(re.match(r"[A-Za-z0-9_.-]+", item).group()) for item in wanted}
    assert names <= set(locked())
    lock = read(Path("requirements.lock"))
    assert lock.count("--hash=sha256:") >= len(locked())


def test_what_is_installed_is_what_is_locked():
    differing = {}
    for name, pinned in locked().items():
        try:
            found = version(name)
        except PackageNotFoundError:
            continue  # a package for another platform
        if found != pinned:
            differing[name] = f"{found}, locked {pinned}"
    assert not differing


def test_the_extras_are_there():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["optional-dependencies"]) == {"spark", "object-store", "dev"}
    assert project["scripts"] == {"skillhouse": "orchestration.cli:main"}
