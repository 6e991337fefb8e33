"""Units and periods from folders, arguments and names; file names shown without persons."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.intake.discover import DiscoverError, discover, slot_of
from orchestration.intake.landing import receive
from orchestration.intake.names import display, display_alone
from orchestration.intake.periods import find_period, parse_period
from orchestration.intake.units import resolve_division, resolve_unit
from orchestration.settings import load_settings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("500103", "500103"),
        ("渝中区", "500103"),
        ("重庆市渝中区", "500103"),
        ("两江新区", "500191"),
        ("500191", "500191"),
        ("全国", "000000"),
        ("北京", "110000"),
        ("内蒙古", "150000"),
        ("吕梁市", "141100"),
        ("江北区", "500105"),
        ("509903", "509903"),
        ("999999", None),
        ("2021", None),
    ],
)
def test_units_by_code_and_name(text: str, code: str | None) -> None:
    assert resolve_unit(text) == code


def test_streets_keep_nine_digits() -> None:
    assert resolve_division("500103001") == resolve_division("500103001000") == "500103001"
    assert resolve_division("500103000000") == "500103"


@pytest.mark.parametrize(
    ("text", "canonical", "first", "last"),
    [
        ("2021", "2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021Q2", "2021Q2", date(2021, 4, 1), date(2021, 6, 30)),
        ("202002", "202002", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021年第二季度", "2021Q2", date(2021, 4, 1), date(2021, 6, 30)),
        ("2019-2021", "2019-2021", date(2019, 1, 1), date(2021, 12, 31)),
    ],
)
def test_forms_of_a_period(text: str, canonical: str, first: date, last: date) -> None:
    period = parse_period(text)
    assert (period.text, period.starts_on, period.ends_on) == (canonical, first, last)


@pytest.mark.parametrize("text", ["500103", "202113", "2021Q5", "2021-2019", "21", "合计"])
def test_no_period(text: str) -> None:
    assert parse_period(text) is None


def test_newer_ends_later_then_is_shorter() -> None:
    names = ["2021", "202112", "2021Q3", "2021Q4"]
    assert sorted(names, key=lambda name: parse_period(name).order) == ["2021Q3", "2021", "2021Q4", "202112"]


def test_a_period_in_a_title() -> None:
    assert find_period("渝中区2020年第三季度学员花名册").text == "2020Q3"
    assert find_period("2020年3月签到表").text == "202003"
    assert find_period("填报日期2019年9月3日") is None


def test_the_deepest_pair_of_folders_gives_the_slot() -> None:
    assert slot_of(["data", "2018", "500103", "2021Q2", "补报"]) == ("500103", "2021Q2")
    assert slot_of(["500103", "x"]) == ("500103", None)
    assert slot_of(["x"]) == (None, None)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("509901199001010017.xlsx", "509901************.xlsx"),
        ("张三的身份证.xlsx", "**的身份证.xlsx"),
        ("学员_王小明.xlsx", "学员_***.xlsx"),
        ("10012345678.csv", "1**********.csv"),
        ("YZ2020-0137花名册.xlsx", "YZ2020-0137花名册.xlsx"),
        ("高级技师.csv", "高级技师.csv"),
    ],
)
def test_names_of_files_are_masked(name: str, shown: str) -> None:
    assert display(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明.xlsx", "***.xlsx"),
        ("王小明(1).xls", "***(1).xls"),
        ("王小明、李红最终版2.csv", "***、**最终版2.csv"),
        ("欧阳明月", "****"),
        ("高级工.csv", "高级工.csv"),
        ("白名单.xlsx", "白名单.xlsx"),
        ("方案.xlsx", "方案.xlsx"),
        ("江北区.xlsx", "江北区.xlsx"),
    ],
)
def test_a_file_or_sheet_named_by_persons_alone_is_masked(name: str, shown: str) -> None:
    assert display_alone(name) == shown


def test_a_refused_file_named_by_a_person_is_told_with_asterisks(tmp_path) -> None:
    folder = tmp_path / "500103" / "2020Q1"
    folder.mkdir(parents=True)
    (folder / "王小明.doc").write_bytes(b"x")
    (folder / "王小明.xlsx").write_bytes(b"PK no zip")
    found = discover([tmp_path / "500103"])
    assert [entry["file_name"] for entry in found.refused] == ["***.doc"]
    assert [(drop.name, drop.display_path[-8:]) for drop in found.drops] == [("***.xlsx", "***.xlsx")]


def test_names_in_other_bytes_are_decoded_or_escaped() -> None:
    assert display("\udcd6\udcd0.csv") == "中.csv"
    assert display("a\udcff.csv").encode("utf-8") == b"a\\xff.csv"
    assert display("a\n.csv") == "a\\x0a.csv"


@pytest.mark.parametrize("arguments", [{"unit": "无此区"}, {"period": "第九季度"}, {"dataset": "nothing"}])
def test_arguments_that_mean_nothing_are_refused(tmp_path, arguments: dict) -> None:
    with pytest.raises(DiscoverError):
        discover([tmp_path], **arguments)


def test_landing_is_by_hash_read_only_and_once(tmp_path) -> None:
    settings = load_settings(tmp_path / "home")
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"x")
    first, second = receive(tmp_path / "a.csv", settings), receive(tmp_path / "b.csv", settings)
    assert first == second and first[1].read_bytes() == b"x"
    assert first[1].stat().st_mode & 0o777 == 0o444
    assert [p.name for p in settings.landing.iterdir()] == [first[0]]
