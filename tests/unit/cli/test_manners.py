"""How every command behaves: languages, exit codes, errors in one line, nothing personal in a log."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
import typer
from rich.cells import cell_len

from orchestration import faults
from orchestration.cli import app
from orchestration.commands import care

WRONG_USAGE = [
    (["load"], "缺少参数 PATH", "Missing argument"),
    (["report", "quarterly", "--perod", "2021Q2"], "没有选项 --perod，是否想用 --period", "No such option"),
    (["submision"], "没有命令 submision，是否想用 submissions", "No such command"),
    (["sample", "x", "--people", "many"], "参数 --people 的值不对：应为范围内的整数", "not a valid integer"),
    (["build", "2021"], "多出了参数 2021", "unexpected extra argument"),
    (["build", "--as-of"], "选项 --as-of 后面缺少值", "requires an argument"),
]
SYNTHETIC_ID = "50990119900101001X"


def test_help_answers_and_names_every_command(skillhouse):
    answer = skillhouse("--help")
    assert answer.code == 0
    for command in ("demo", "sample", "template", "load", "submissions", "build", "release", "query", "indicator"):
        assert command in answer.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["release", "list"], 0),
        (["release", "show", "nope"], 1),
        (["load"], 2),
        (["load", "/no/such/path"], 2),
        (["sample", "x", "--dirt", "bit"], 2),
        (["template", "no_such_dataset"], 2),
        (["report", "weekly", "--period", "2021", "--unit", "500103"], 2),
        (["release", "list", "--lang", "fr"], 2),
    ],
)
def test_exit_codes(skillhouse, arguments, code):
    answer = skillhouse(*arguments)
    assert answer.code == code
    assert "Traceback" not in answer.err


def test_wrong_usage_is_told_in_one_line_of_the_users_language(skillhouse, subtests):
    for arguments, zh, en in WRONG_USAGE:
        with subtests.test(arguments=arguments):
            answer, english = skillhouse(*arguments), skillhouse("--lang", "en", *arguments)
            assert (answer.code, english.code) == (2, 2)
            assert answer.err.count("\n") == english.err.count("\n") == 1
            assert zh in answer.err and "--help" in answer.err
            assert en in english.err and "--help" in english.err


def _pages(command, path=()):
    yield list(path), command
    for name, below in getattr(command, "commands", {}).items():
        yield from _pages(below, (*path, name))


@pytest.mark.parametrize(("path", "command"), list(_pages(typer.main.get_command(app))), ids=str)
def test_help_fits_eighty_columns_and_cuts_nothing_short(skillhouse, monkeypatch, path, command):
    monkeypatch.setenv("COLUMNS", "80")
    page = skillhouse(*path, "--help").out
    for line in page.splitlines():
        assert cell_len(line) <= 80, line
        assert not line.endswith("...") or line.startswith("Usage"), line
    assert "\u2060" not in page


def test_messages_follow_the_option_then_the_environment_then_chinese(skillhouse, monkeypatch):
    assert "没有版本" in skillhouse("release", "show", "nope").err
    assert "no release" in skillhouse("release", "show", "nope", "--lang", "en").err
    assert "no release" in skillhouse("--lang", "en", "release", "show", "nope").err
    monkeypatch.setenv("SKILLHOUSE_LANG", "en")
    assert "no release" in skillhouse("release", "show", "nope").err
    assert "没有版本" in skillhouse("release", "show", "nope", "--lang", "zh").err


def test_a_bad_settings_file_is_told_not_raised(skillhouse, home):
    home.home.mkdir(parents=True)
    (home.home / "skillhouse.toml").write_text("lnag = 'en'\n")
    answer = skillhouse("doctor")
    assert answer.code == 2
    assert "lnag" in answer.err and "Traceback" not in answer.err


def test_an_unexpected_fault_is_one_line_and_a_log_without_data(skillhouse, home, monkeypatch):
    def break_down(**_):
        raise RuntimeError(f"cannot cast '张三' {SYNTHETIC_ID} of 王五")

    monkeypatch.setattr(care, "open_session", break_down)
    answer = skillhouse("doctor", "--lang", "en")
    assert answer.code == 2
    assert len(answer.err.strip().splitlines()) == 1
    log = (home.home / "logs" / "faults.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log and "care.py" in log
    for told in (answer.err, log):
        assert SYNTHETIC_ID not in told and "张三" not in told and "王五" not in told


def test_masking_keeps_the_words_and_drops_the_data():
    masked = faults.masked(f'Could not convert string "{SYNTHETIC_ID}" to INT64, line 12, phone 10012345678 李四')
    assert masked == "Could not convert string '…' to INT64, line 12, phone # □"


def test_the_command_line_imports_nothing_heavy():
    heavy = "{'duckdb', 'dagster', 'dagster_dbt', 'great_expectations', 'pandas', 'pyarrow', 'dash', 'plotly', 'dbt'}"
    code = f"import sys, orchestration.cli; found = {heavy} & set(sys.modules); sys.exit(', '.join(found) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_doctor_names_what_is_missing_and_every_setting_with_its_source(skillhouse, home, monkeypatch):
    monkeypatch.setenv("SKILLHOUSE_THREADS", "1")
    answer = skillhouse("doctor", "--json")
    names = {finding["name"] for finding in answer.json["findings"]}
    assert {"python", "dbt", "pango", "chromium", "fonts", "home", "disk", "release"} <= names
    settings = {setting["name"]: setting for setting in answer.json["settings"]}
    assert settings["threads"] == {"name": "threads", "value": "1", "source": "SKILLHOUSE_THREADS"}
    assert settings["home"]["value"] == str(home.home)
    assert settings["lang"]["source"] == "default"


def test_doctor_tells_the_packages_to_install(skillhouse, monkeypatch):
    from orchestration import doctor

    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    packages = skillhouse("doctor", "--packages").out.split()
    assert {"chromium", "fonts-noto-cjk"} <= set(packages)


def test_errors_of_the_pages_are_told_like_ours(skillhouse, release, monkeypatch):
    class ReportError(Exception):
        zh, en = "没有这个期间：请先装载。", "no such period: load it first."

    def refuse(*_, **__):
        raise ReportError

    monkeypatch.setattr("dashboards.reports.write_report", refuse)
    arguments = ("report", "quarterly", "--period", "2031Q1", "--unit", "500103")
    assert skillhouse(*arguments).err.strip() == ReportError.zh
    answer = skillhouse(*arguments, "--lang", "en")
    assert (answer.code, answer.err.strip()) == (1, ReportError.en)


@pytest.mark.parametrize(
    "error",
    [OSError(28, "No space left on device"), RuntimeError("(sqlite3.OperationalError) database or disk is full")],
)
def test_a_full_disk_is_named_whatever_library_met_it(home, error):
    zh, en = faults.record(error)
    assert zh.startswith("磁盘已满") and en.startswith("The disk is full")


def test_a_disk_with_next_to_nothing_left_is_named_for_an_error_that_does_not(home, monkeypatch):
    error = RuntimeError("(sqlite3.OperationalError) disk I/O error")
    assert not faults.record(error)[0].startswith("磁盘已满")
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda _: SimpleNamespace(free=4096))
    assert faults.record(error)[0].startswith("磁盘已满")
