"""The answer to a unit's desk: what a dry run gives, how the workbook and its JSON agree, what becomes of mended rows.

Files are written, loaded and answered as a user would; rules are counted in DuckDB.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from orchestration import build
from orchestration.intake.answer import answer_name
from orchestration.intake.load import LoadError, load
from orchestration.intake.submission import manifests, standing
from orchestration.settings import PROJECT, Settings, load_settings
from tests.unit.expectations.counting import CountingEngine
from tests.unit.intake.bureau import CLAIM, ROSTER, claim, csv_text, id_number, roster

UNIT, PERIOD = "500103", "2020Q1"
WRONG = id_number(sequence=3)[:-1] + ("1" if id_number(sequence=3)[-1] != "1" else "2")
LEDGER = ("凭证号", "记账日期", "账户", "资金性质", "收入", "支出", "余额")


SCHEMA = json.loads((PROJECT / "expectations" / "feedback.schema.json").read_text(encoding="utf-8"))
CLASS = ("班期编号", "统一社会信用代码", "培训类型", "职业（工种）名称", "审核通过日期", "开班日期", "结业日期", "总课时",
         "所属区县", "资金来源", "审核状态")  # fmt: skip


FARMERS = [
    roster(id_number(), 人员类别="农民工"),
    roster(id_number(sequence=5), 人员类别="农民工", 班期编号="YZ2020-0999"),
]


class Desk:
    """A unit that writes files and loads them into a home of its own."""

    def __init__(self, root: Path) -> None:
        self.root, self.engine, self.drops = root, CountingEngine(), 0
        self.settings: Settings = load_settings(root / "home")

    def send(self, period: str = PERIOD, *, files: dict[str, str], **options):
        """Load the files (name -> text) as one drop; the report."""
        self.drops += 1
        place = self.root / f"drop{self.drops}" / UNIT / period
        place.mkdir(parents=True)
        for name, text in files.items():
            (place / name).write_text(text, encoding="utf-8")
        return load(self.settings, [place.parents[1]], engine=self.engine, **options)

    def told(self, report, name: str) -> dict:
        """The JSON answer to one file of a report."""
        (file,) = [f for f in report.files if f["file_name"] == name]
        return self.answer(file)

    def answer(self, file: dict) -> dict:
        """The JSON answer to a file; its form is checked."""
        target = self.settings.feedback / UNIT / str(file["period"]) / answer_name(file)
        told = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
        jsonschema.validate(told, SCHEMA)
        return told


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def rows_of(settings: Settings, dataset: str) -> int:
    import duckdb

    paths = [settings.home / m["rows"] for m in standing(manifests(settings)).values() if m["dataset"] == dataset]
    return sum(duckdb.execute(f"SELECT count(*) FROM read_parquet('{path}')").fetchone()[0] for path in paths)


MIXED = csv_text(
    ROSTER, roster(id_number()), roster(WRONG), roster(id_number(sequence=5), 是否结业=""),
    roster(id_number(sequence=7), 考核成绩="250"),
)  # fmt: skip


def test_a_dry_run_answers_in_full_and_leaves_no_home(desk: Desk, tmp_path: Path) -> None:
    report = desk.send(files={"花名册.csv": MIXED}, dry_run=True, answers=tmp_path / "answers")
    (file,) = report.files
    assert (file["verdict"], file["rows_quarantined"], file["rows_accepted"]) == ("quarantined", 2, 2)
    workbook = Path(file["feedback_file"])
    assert workbook.parent == tmp_path / "answers" / UNIT / PERIOD and workbook.with_suffix(".json").is_file()
    assert openpyxl.load_workbook(workbook).sheetnames[:2] == ["汇总", "错误清单"]
    assert not desk.settings.home.exists()


def test_a_folder_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LoadError, match="请用 -o 另给反馈文件的目录"):
        desk.send(files={"花名册.csv": MIXED}, dry_run=True, answers=tmp_path / "file" / "answers")


def test_a_dry_run_and_the_load_say_the_same(desk: Desk, tmp_path: Path) -> None:
    dry = desk.send(files={"花名册.csv": MIXED}, dry_run=True, answers=tmp_path / "answers")
    said = json.loads(Path(dry.files[0]["feedback_file"]).with_suffix(".json").read_text(encoding="utf-8"))
    real = desk.told(desk.send(files={"花名册.csv": MIXED}), "花名册.csv")
    assert real["submission_id"] and said["submission_id"]
    assert real == said


def test_a_roster_is_worth_the_standard_of_its_class(desk: Desk) -> None:
    desk.send(
        files={
            "申领.csv": csv_text(
                (*CLAIM, "班期编号", "申领人数", "补贴标准"), (*claim("S1", 24000), "YZ2020-0137", 20, 1200)
            )
        }
    )
    told = desk.told(desk.send(files={"花名册.csv": MIXED}), "花名册.csv")
    assert {name: told["stake"][name] for name in ("rows", "fen", "heads")} == {"rows": 2, "fen": 240000, "heads": 2}
    assert "估计" in told["stake"]["basis"]["zh"]


def test_the_workbook_prints_what_the_json_says(desk: Desk) -> None:
    twice = csv_text(ROSTER, roster(id_number()), roster(id_number(), 考核成绩="91"))
    for text in (MIXED, twice):
        report = desk.send(files={"花名册.csv": text})
        told = desk.told(report, "花名册.csv")
        book = openpyxl.load_workbook(desk.settings.home / report.files[0]["feedback_file"])
        lines = list(book["错误清单"].iter_rows(min_row=2, values_only=True))
        assert [(line[1], line[9]) for line in lines] == [(e["row_no"], "、".join(e["rules"])) for e in told["errors"]]
        # each row's worth stands once, so that the columns add up
        assert sum(Decimal(str(line[5] or 0)) for line in lines) * 100 == told["stake"]["fen"]
        assert sum(line[6] or 0 for line in lines) == told["stake"]["heads"]
        summary = [value for row in book["汇总"].iter_rows(values_only=True) for value in row if value is not None]
        for message in [*(r["message"]["zh"] for r in told["rules"]), *(a["message"]["zh"] for a in told["across"])]:
            assert message in summary
        assert [str(told["rows"][n]) in summary for n in told["rows"]] == [True] * 5
    assert [e["partners"][0]["row_no"] for e in told["errors"]] == [3, 2]
    assert "同一主键的行：第 3 行" in lines[0][4]


def test_rules_across_files_are_told_when_a_build_has_judged_them(desk: Desk) -> None:
    roster_file = {"花名册.csv": csv_text(ROSTER, *FARMERS)}
    (file,) = desk.send(files=roster_file).files

    def state() -> tuple:
        (found,) = [a for a in desk.answer(file)["across"] if a["rule_id"] == "enrollments.class_known"]
        return found["state"], found["failed"]

    assert (file["feedback_file"], state()) == (None, ("pending", 0))
    build.prepare(desk.settings)
    assert state() == ("pending", 0), "no class list has come"
    own = (
        "YZ2020-0137",
        "52500103MJ00000013",
        "就业技能培训",
        "焊工",
        "2020-02-01",
        "2020-03-01",
        "2020-03-20",
        40,
        "500103",
        "专账",
        "审核通过",
    )
    classes = desk.send(files={"班期.csv": csv_text(CLASS, own)}).files
    assert classes[0]["rows_accepted"] == 1, classes[0]["reasons"]
    build.prepare(desk.settings)
    assert state() == ("failed", 1)
    book = openpyxl.load_workbook(desk.settings.feedback / UNIT / PERIOD / answer_name(file))
    assert [line[1] for line in book["错误清单"].iter_rows(min_row=2, values_only=True)] == [3]
    assert book.worksheets[-1]["A3"].comment.text.startswith("班期编号可疑")
    desk.send(files={"班期.csv": csv_text(CLASS, own, ("YZ2020-0999", *own[1:]))})
    build.prepare(desk.settings)
    assert state() == ("passed", 0) and not desk.answer(file)["errors"]
    assert not (desk.settings.feedback / UNIT / PERIOD / answer_name(file)).exists(), "nothing is left to check"


def test_a_file_that_cannot_be_read_is_answered_too(desk: Desk) -> None:
    report = desk.send(files={"花名册.csv": csv_text(("姓名", "身份证号", "班期编号"), ("甲某", id_number(), "YZ1"))})
    told = desk.told(report, "花名册.csv")
    assert told["verdict"] == "refused" and told["refused"] and told["errors"] == []
    (file,) = report.files
    book = openpyxl.load_workbook(desk.settings.home / file["feedback_file"])
    assert book.sheetnames == ["汇总"], "nothing of a file that was not read is repeated"


def test_cells_to_check_are_marked_in_a_file_that_is_accepted_whole(desk: Desk) -> None:
    report = desk.send(files={"花名册.csv": csv_text(ROSTER, roster(id_number(), 考核成绩="250"))})
    (file,) = report.files
    assert file["verdict"] == "accepted"
    assert [n["rows"] for n in file["notices"]][-1] == [{"sheet": "", "row_no": 2}]
    sheet = openpyxl.load_workbook(desk.settings.home / file["feedback_file"]).worksheets[-1]
    assert sheet["G2"].fill.start_color.rgb == "FFDDEBF7" and "考核成绩" in sheet["G2"].comment.text


# what is sent again, and where the mended row then stands
MENDED = {
    "the wrong number put right in its place": ({"花名册.csv": MIXED.replace(WRONG, id_number(sequence=3))}, [(3, 3)]),
    "another name, the row at its place": ({"改.csv": MIXED.replace(WRONG, id_number(sequence=3))}, [(3, 3)]),
    "the blank filled, the rows shuffled": (
        {"花名册.csv": csv_text(ROSTER, roster(id_number(sequence=5)), roster(id_number()), roster(id_number(sequence=7)))},
        [(2, 4)],
    ),
    "a stranger in its place": (
        {"花名册.csv": MIXED.replace(WRONG, id_number(sequence=9)).replace("甲某,男", "乙某,女")},
        [],
    ),
    "nothing mended": ({"花名册.csv": MIXED + "\n"}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", MENDED)
def test_a_mended_row_leads_to_its_first_appearance(desk: Desk, case: str) -> None:
    files, expected = MENDED[case]
    first = desk.send(files={"花名册.csv": MIXED}).submissions[0]["submission_id"]
    (file,) = desk.send(files=files).files
    path = desk.settings.home / str(file["feedback_file"])
    told = (
        json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) if file["feedback_file"] else {"mended": []}
    )
    assert [(m["row_no"], m["first"]["row_no"]) for m in told["mended"]] == expected
    assert {m["first"]["submission_id"] for m in told["mended"]} <= {first}


def test_a_build_knows_where_a_mended_row_came_from(desk: Desk) -> None:
    import duckdb

    first = desk.send(files={"花名册.csv": MIXED}).submissions[0]["submission_id"]
    desk.send(files={"花名册.csv": MIXED.replace(WRONG, id_number(sequence=3))})
    with duckdb.connect(str(build.prepare(desk.settings))) as connection:
        found = connection.execute(
            "SELECT file_name, row_no, first_submission_id, first_row_no, first_committed_at IS NOT NULL FROM lake.mended"
        ).fetchall()
    assert found == [("花名册.csv", 3, first, 3, True)]


def test_what_is_set_aside_again_says_since_when(desk: Desk) -> None:
    first = desk.send(files={"花名册.csv": MIXED}).submissions[0]["submission_id"]
    told = desk.told(desk.send(files={"花名册.csv": MIXED + "\n"}), "花名册.csv")
    assert [e["first"] and e["first"]["submission_id"] for e in told["errors"] if e["severity"] != "warn"] == [
        first,
        first,
    ]


def test_a_ledger_that_does_not_balance_is_a_matter_of_phase(desk: Desk) -> None:
    lines = [
        ("记-1", "2020-03-01", "专账", "培训补贴支出", "", 10, 90),
        ("记-2", "2020-03-02", "专账", "培训补贴支出", "", 10, 85),
    ]
    text = csv_text(LEDGER, *lines)
    states = {}
    for phase in ("final", "preview", "final"):
        report = desk.send(files={"专账.csv": text}, phase=phase)
        states[phase] = (
            report.files[0]["verdict"],
            report.submissions[0]["state"],
            rows_of(desk.settings, "fund_ledger"),
        )
    assert states["preview"] == ("accepted", "committed", 2)
    # what was taken in the preview stands until a better file comes
    assert states["final"] == ("refused", "refused", 2)


def test_the_same_bytes_are_judged_again_in_another_phase(desk: Desk) -> None:
    text = csv_text((*CLAIM, "审定金额"), (*claim("S1"), "未定"), (*claim("S2"), "900"))
    found = []
    for phase in ("preview", "preview", "final", "final"):
        (submission,) = desk.send(files={"申领.csv": text}, phase=phase).submissions
        found.append((phase, submission["state"], rows_of(desk.settings, "claims")))
    assert found == [
        ("preview", "committed", 2), ("preview", "unchanged", 2), ("final", "committed", 1), ("final", "unchanged", 1)
    ]  # fmt: skip


def test_a_row_account_that_does_not_close_stops_the_commit(desk: Desk, monkeypatch) -> None:
    from orchestration.intake import account

    told = account.entries

    def short_of_a_fen(reading, judged) -> list[dict]:
        files = told(reading, judged)
        files[0]["fen_accepted"] -= 1
        return files

    monkeypatch.setattr(account, "entries", short_of_a_fen)
    with pytest.raises(LoadError, match="行数账不平，未提交任何数据：申领.csv: 0 行, 1 分"):
        desk.send(files={"申领.csv": csv_text(CLAIM, claim("S1"))})
    assert manifests(desk.settings) == []
