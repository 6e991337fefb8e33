"""The tests of tests/spec/policy as a mutant meets them: homes built once, one model replaced, the tests' own functions called.

A suite is one test module; what the models' YAML asks of a table is held against it too. Not here: unit tests (`unit_checks.py`),
what a mutant is (`mutants.py`).
"""

from __future__ import annotations

import inspect
import re
import shutil
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import yaml

from tests.spec.marts import home
from tests.spec.policy import test_by_hand, test_findings, test_invented_city, test_marts, test_register

MODULES = (test_findings, test_marts, test_by_hand, test_register, test_invented_city)
# of one home, its tables included
MEMORY, SECONDS = "600MB", 10
Model = tuple[str, str, str]


class Kept:
    """A connection that a test may close and the next test uses again."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def close(self) -> None:
        """Nothing: the suite keeps it."""


class Results(list):
    """What came of all cases, told apart by case once instead of at every comparison."""

    def __init__(self, rows: list[tuple]) -> None:
        super().__init__(rows)
        self.by_case: dict[str, list[tuple]] = defaultdict(list)
        for row in rows:
            self.by_case[(row[2] or "").split("/")[0].split(".")[0]].append(row)


@dataclass(frozen=True)
class Shape:
    """What the YAML of a model asks of its rows: columns that make one row, columns that are filled."""

    grain: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


@dataclass
class Suite:
    """A test module with the homes its fixtures build, by the fixture or test that asks for one."""

    module: ModuleType
    models: list[Model]
    shapes: dict[str, Shape]
    homes: dict[str, duckdb.DuckDBPyConnection] = field(default_factory=dict)
    owner: str = ""

    def __post_init__(self) -> None:
        names = {relation.split(".")[-1]: relation for relation, _, _ in self.models}
        self.parents = {
            relation: {names[word] for word in re.findall(r"\w+", sql) if word in names} - {relation}
            for relation, sql, _ in self.models
        }
        self.prints: dict[str, dict[str, tuple]] = {}
        assert self._passes(), f"{self.module.__name__} fails before any mutant"
        for owner, connection in self.homes.items():
            connection.execute("ATTACH ':memory:' AS kept")
            for relation, _, _ in self.models:
                connection.execute(f"CREATE TABLE kept.{relation.split('.')[-1]} AS FROM {relation}")
            self.prints[owner] = {relation: _print(connection, relation) for relation, _, _ in self.models}

    def notices(self, relation: str, sql: str) -> bool:
        """Whether with `sql` in the place of a model a build breaks, a grain is lost or a test of the module fails."""
        rebuilt: dict[str, list[str]] = {owner: [] for owner in self.homes}
        try:
            return any(self._replace(owner, relation, sql, rebuilt[owner]) and not self._passes() for owner in self.homes)
        except (duckdb.Error, Broken):
            return True
        finally:
            for owner, names in rebuilt.items():
                for name in names:
                    self.homes[owner].execute(f"CREATE OR REPLACE TABLE {name} AS FROM kept.{name.split('.')[-1]}")

    def _replace(self, owner: str, relation: str, sql: str, rebuilt: list[str]) -> bool:
        """Build the mutant and what its change reaches; whether it changes anything in this home."""
        connection, moved = self.homes[owner], set()
        for name, own, _ in self.models:
            if name != relation and not self.parents[name] & moved:
                continue
            rebuilt.append(name)
            with _limited(connection):
                connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql if name == relation else own}")
            if _print(connection, name) != self.prints[owner][name]:
                moved.add(name)
                self._keeps_shape(connection, name)
        return bool(moved)

    def _keeps_shape(self, connection: duckdb.DuckDBPyConnection, relation: str) -> None:
        """What dbt tests of every build: the unique grain of a table and its columns that may not be NULL."""
        shape = self.shapes.get(relation.split(".")[-1], Shape())
        listed = ", ".join(shape.grain)
        wrong = [f"SELECT 1 FROM {relation} WHERE {name} IS NULL LIMIT 1" for name in shape.filled]
        wrong += [f"SELECT 1 FROM {relation} GROUP BY {listed} HAVING count(*) > 1 LIMIT 1"] if listed else []
        if any(connection.execute(sql).fetchone() for sql in wrong):
            raise Broken(relation)

    def _passes(self) -> bool:
        values: dict[str, Any] = {}
        for name, test in inspect.getmembers(self.module, inspect.isfunction):
            if name.startswith("test_") and test.__module__ == self.module.__name__:
                for given in _parameters(test):
                    try:
                        self._call(test, given, values)
                    except (AssertionError, LookupError, TypeError, ValueError):
                        return False
        return True

    def _call(self, test: Callable, given: dict[str, Any], values: dict[str, Any]) -> None:
        self.owner = test.__name__
        asked = {name: given[name] if name in given else self._value(name, values) for name in inspect.signature(test).parameters}
        if isinstance(asked.get("results"), Results):
            asked["results"] = asked["results"].by_case.get(asked["case"].name, [])
        with _replayed(self):
            test(**asked)

    def _value(self, name: str, values: dict[str, Any]) -> Any:
        """The value of a fixture, made once per run of the module."""
        if name in ("tmp_path", "tmp_path_factory"):
            return _Folders() if name.endswith("factory") else _Folders().mktemp("own")
        if name not in values:
            make = getattr(self.module, name).__wrapped__
            asked = {other: self._value(other, values) for other in inspect.signature(make).parameters}
            self.owner = name
            with _replayed(self):
                made = make(**asked)
                made = next(made) if inspect.isgenerator(made) else made
            values[name] = Results(made) if name == "results" else made
        return values[name]


class Broken(Exception):
    """A table that a build would not publish."""


class _Folders:
    def mktemp(self, name: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=f"skillhouse-mutation-{name}-"))


class _replayed:
    """While it lasts, a home is built the first time it is asked for and handed out again after."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite

    def __enter__(self) -> None:
        self.build, self.submit = home.Home.build, home.Home.submit
        suite, build = self.suite, self.build

        def again(own: home.Home, *args: Any, **options: Any) -> Kept:
            if suite.owner not in suite.homes:
                built = build(own, *args, **options)
                suite.homes[suite.owner] = _in_memory(built)
                shutil.rmtree(own.settings.build)
            return Kept(suite.homes[suite.owner])

        home.Home.build = again
        if suite.owner in suite.homes:
            home.Home.submit = lambda *args, **options: ""

    def __exit__(self, *error: object) -> None:
        home.Home.build, home.Home.submit = self.build, self.submit


def _in_memory(built: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The databases of a home without files: nothing is written to disk, and a statement may not take more than MEMORY."""
    files = dict(built.execute("SELECT database_name, path FROM duckdb_databases() WHERE NOT internal").fetchall())
    built.close()
    connection = duckdb.connect(config={"threads": 1, "memory_limit": MEMORY, "max_temp_directory_size": "0KB"})
    for name, path in files.items():
        connection.execute(f"ATTACH ':memory:' AS {name}; ATTACH '{path}' AS file (READ_ONLY)")
        connection.execute(f"COPY FROM DATABASE file TO {name}; DETACH file")
    connection.execute("USE warehouse; SET search_path = 'warehouse.main,scratch.main'")
    return connection


@contextmanager
def _limited(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A statement that takes longer than SECONDS is broken off: a mutant that joins everything with everything."""
    timer = threading.Timer(SECONDS, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _parameters(test: Callable) -> Iterator[dict[str, Any]]:
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize":
            names = [name.strip() for name in mark.args[0].split(",")] if isinstance(mark.args[0], str) else list(mark.args[0])
            for values in mark.args[1]:
                yield dict(zip(names, [values] if len(names) == 1 else values, strict=True))
            return
    yield {}


def _print(connection: duckdb.DuckDBPyConnection, relation: str) -> tuple:
    return connection.execute(f"SELECT count(*), sum(hash(t)::hugeint) FROM {relation} AS t").fetchone()


def suites(folder: Path) -> tuple[list[Suite], list[Model]]:
    """The modules with their homes built, and the models under `folder` in order of dependency."""
    own = {path.stem for path in folder.rglob("*.sql")}
    models = [model for model in home.compiled_models() if model[0].split(".")[-1] in own]
    shapes = {entry["name"]: _shape(entry) for entry in _entries(folder)}
    return [Suite(module, models, shapes) for module in MODULES], models


def _shape(entry: dict) -> Shape:
    grains = [test["unique_grain"]["arguments"]["columns"] for test in entry.get("data_tests", []) if "unique_grain" in test]
    filled = [c["name"] for c in entry["columns"] if {"type": "not_null"} in c.get("constraints", [])]
    return Shape(tuple(grains[0]) if grains else (), tuple(filled))


def _entries(folder: Path) -> Iterator[dict]:
    for path in sorted(folder.rglob("*.yml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
