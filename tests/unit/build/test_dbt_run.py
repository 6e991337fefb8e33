"""The dbt run itself: contracts, data tests and unit tests hold; a broken model is named; the same run twice parses once."""

import subprocess
import sys

import pytest

from orchestration import build, dbt_run
from orchestration.settings import load_settings
from tests.spec.marts.home import Home
from tests.spec.marts.rows import claim, klass, trainee


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit("classes", [klass("C1")], period="2021Q2")
    home.submit("enrollments", [trainee("C1", "p1")], period="2021Q2")
    home.submit("claims", [claim("1", class_id="C1")], period="2021Q2")
    return home


def test_the_production_run_passes_its_contracts_and_data_tests_and_every_unit_test(home):
    build.prepare(home.settings)
    dbt_run.run_dbt(home.settings)
    command = dbt_run.dbt_command(home.settings, "test", "--select", "test_type:unit", "--quiet")
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_letter_of_the_homes_path_reaches_the_names_of_the_databases(tmp_path):
    settings = load_settings(tmp_path / "甲's 数据 #1?")
    command = dbt_run.dbt_command(settings)
    assert command[1:4] == ["-C", str(settings.build), "SKILLHOUSE_BUILD=."]


def test_a_killed_build_takes_its_dbt_along(tmp_path):
    command = dbt_run.dbt_command(load_settings(tmp_path))
    (tmp_path / "build").mkdir()
    as_sleep = [*command[: command.index("--no-use-colors") - 1], "sh", "-c", "echo begun; exec sleep 600"]
    program = f"import subprocess; subprocess.run({as_sleep!r})"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout.readline() == "begun\n"
        parent.kill()
        # the pipe closes when the last that holds it is gone
        assert parent.communicate(timeout=20)[0] == ""


def test_a_failing_model_is_named_and_raises(home):
    import duckdb

    build.prepare(home.settings)
    with duckdb.connect(str(home.settings.build / "scratch.duckdb")) as connection:
        connection.execute("DROP TABLE control.opening")
    with pytest.raises(build.BuildError, match="int_ledger_entry") as caught:
        dbt_run.run_dbt(home.settings)
    assert "当前版本不变" in caught.value.zh
