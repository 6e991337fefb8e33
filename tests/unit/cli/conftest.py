"""A home of the test's own, a command line in this process, and a small release to ask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from orchestration.cli import main
from orchestration.settings import Settings, load_settings


@dataclass
class Outcome:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an empty home in a temporary folder."""
    for name in ("LANG", "PREVIEW", "THREADS", "MEMORY_LIMIT"):
        monkeypatch.delenv(f"SKILLHOUSE_{name}", raising=False)
    monkeypatch.setenv("SKILLHOUSE_HOME", str(tmp_path / "home"))
    return load_settings()


@pytest.fixture
def skillhouse(home: Settings, capsys: pytest.CaptureFixture[str]):
    """Run one command in this process; the Outcome."""

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        code = ended.value.code
        return Outcome(code if isinstance(code, int) else int(code is not None), printed.out, printed.err)

    return run


TABLES = """
CREATE SCHEMA marts;
CREATE TABLE marts.mart_indicator_definition AS
    SELECT 'person_times' AS indicator_code, '培训人次' AS label_zh, 'Person-times' AS label_en,
        'person-times' AS unit_of_measure, 'YZ2019-1' AS clause;
CREATE TABLE marts.mart_indicator AS
    SELECT 'person_times' AS indicator_code, '500103' AS reporting_unit, p AS period, 'all' AS dimension,
        'all' AS member, v::DOUBLE AS numerator, NULL::DOUBLE AS denominator, v::DOUBLE AS value,
        'person-times' AS unit_of_measure
    FROM (VALUES ('2020', 20000), ('2021', 24200)) AS t (p, v);
CREATE TABLE marts.kinds AS
    SELECT 3::BIGINT AS whole, 170141183460469231731687303715884105727::HUGEINT AS huge, 0.25::DOUBLE AS ratio,
        1200.5::DECIMAL(18, 2) AS money, 12::DECIMAL(38, 0) AS counted, 90.5::DECIMAL(18, 4) AS lessons,
        DATE '2021-06-30' AS day, TIMESTAMP '2021-06-30 08:30:00' AS moment, true AS yes, NULL AS nothing,
        'nan'::DOUBLE AS no_number, ['a', 'b'] AS list, {'k': 1.5::DECIMAL(18, 2)} AS struct;
"""


@pytest.fixture
def release(home: Settings) -> str:
    """A published release with two indicator rows and one row of every kind of value; its id."""
    identity = "20211231-0123456789"
    folder = home.releases / identity
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        connection.execute(TABLES)
    (folder / "manifest.json").write_text(json.dumps({"release_id": identity, "data_date": "2021-12-31"}))
    home.current.symlink_to(f"releases/{identity}")
    return identity
