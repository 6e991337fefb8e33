"""The feedback workbook: the submitter's own sheets with the faulty cells marked, dearest errors first."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from expectations.feedback import ERROR_ROWS, write_feedback
from expectations.feedback_summary import mend_line
from expectations.original import TEXT_ROWS, sheets_of

ROSTER = {
    "class_id": "YZ2021-0001",
    "person_key": "k",
    "trainee_categories": ["rural_worker"],
    "completion": "completed",
}
CLAIMS = {
    "claim_id": "A1", "class_id": "YZ2021-0001", "payee_kind": "institution", "payee_id": "915099010000000000",
    "subsidy_kind": "training", "claimed_on": "2021-04-01", "fund_source": "special_account",
    "claim_status": "submitted", "sheet": "claims",
}  # fmt: skip


def item(landed: Path, dataset: str, layout: list[dict]) -> SimpleNamespace:
    return SimpleNamespace(file_no=0, file_name="a", landed=landed, layout=layout, dataset=dataset, slot_unit="500103",
                           slot_period="2021Q2", rows_read=6, rows_not_data=4, sha256="0" * 64, notices=[])  # fmt: skip


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A roster whose used area begins at B2, with a formula text, an ID as text and a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2021年一班"
    sheet["B2"] = "合成学校花名册"
    for at, text in enumerate(["姓名", "身份证号", "人员类别", "是否结业"], start=2):
        sheet.cell(3, at, text)
    for line, (name, number) in enumerate([("甲", "509901199001010000"), ("@乙", "509901199001010001")], start=4):
        for at, text in enumerate([name, number, "农民工", "合格"], start=2):
            sheet.cell(line, at, text)
    book.create_sheet("说明")["A1"] = "不读"
    path = tmp_path / "landed"
    book.save(path)
    return path


LAYOUT = [
    {"sheet": "2021年一班", "header_row": 3, "columns": {"person_id": 3, "trainee_categories": 4, "completion": 5}}
]


@pytest.fixture
def workbook(judge, roster: Path, tmp_path: Path):
    verdict = judge(
        "enrollments",
        [
            {**ROSTER, "sheet": "2021年一班", "row_no": 4, "faults": ["person_id:checksum"], "person_key": None},
            {**ROSTER, "sheet": "2021年一班", "row_no": 5, "faults": ["*:key_conflict"]},
        ],
    )
    path = write_feedback(tmp_path / "a.反馈.xlsx", item(roster, "enrollments", LAYOUT), verdict)
    return openpyxl.load_workbook(path)


def test_cells_stand_where_they_stood_and_faulty_ones_are_marked(workbook) -> None:
    sheet = workbook["2021年一班"]
    assert [sheet["B2"].value, sheet["C3"].value, sheet["B5"].value] == ["合成学校花名册", "身份证号", "@乙"]
    assert sheet["C4"].value == "509901199001010000" and sheet["C4"].data_type == "s"
    assert sheet["C4"].fill.start_color.rgb == "FFFFC7CE" and "校验码" in sheet["C4"].comment.text
    assert sheet["D4"].fill.start_color.rgb == "FFFFF2CC" and sheet["D4"].comment is None
    assert sheet["C5"].comment.text.startswith("主键有误"), "a conflict marks the cells of the key"
    assert "说明" not in workbook.sheetnames, "sheets without errors are left out"


def test_key_conflicts_come_first_and_each_line_leads_to_its_cell(workbook) -> None:
    sheet = workbook["错误清单"]
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(line[1], line[9]) for line in lines] == [
        (5, "enrollments.row.key_conflict"),
        (4, "enrollments.person_id.checksum"),
    ]
    assert sheet["I3"].hyperlink.location == "'2021年一班'!C4"


def test_summary_says_what_mending_is_worth(workbook) -> None:
    values = [cell for row in workbook["汇总"].iter_rows(values_only=True) for cell in row]
    assert "改正这 2 行：0 元、2 人次" in values
    assert any(str(v).startswith("先改主键冲突") for v in values)


def test_no_message_holds_a_cell(workbook) -> None:
    for name in ("汇总", "错误清单"):
        text = str(list(workbook[name].iter_rows(values_only=True)))
        assert "509901199001010000" not in text and "@乙" not in text


def test_the_workbook_is_for_the_submitter_alone(workbook, tmp_path: Path) -> None:
    path = tmp_path / "a.反馈.xlsx"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and not list(tmp_path.glob("*.tmp"))


@pytest.mark.parametrize(("rows", "fen", "heads", "line"), [
    (12, 3120000, 12, "改正这 12 行：31,200 元、12 人次"),
    (1, 5, 0, "改正这 1 行：0.05 元、0 人次"),
    (1, -150, 0, "改正这 1 行：-1.50 元、0 人次"),
])  # fmt: skip
def test_mend_line(rows: int, fen: int, heads: int, line: str) -> None:
    assert mend_line(rows, fen, heads) == line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_becomes_one_sheet_as_text(judge, tmp_path: Path, encoding: str) -> None:
    landed = tmp_path / "landed"
    landed.write_bytes('申领编号,申领金额\nA1,"=1+1"\n0012,"1,200"\n'.encode(encoding))
    verdict = judge("claims", [{**CLAIMS, "row_no": 2, "claimed_yuan": None, "faults": ["claimed_yuan:unreadable"]}])
    layout = [{"sheet": "claims", "header_row": 1, "columns": {"claim_id": 1, "claimed_yuan": 2}}]
    sheet = openpyxl.load_workbook(write_feedback(tmp_path / "b.xlsx", item(landed, "claims", layout), verdict))[
        "claims"
    ]
    assert [sheet["A3"].value, sheet["B3"].value] == ["0012", "1,200"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s"), "a text that looks like a formula stays text"
    assert sheet["B2"].comment is not None


def test_a_large_csv_is_shown_around_its_errors(tmp_path: Path) -> None:
    landed = tmp_path / "landed"
    landed.write_text("a,b\n" + "".join(f"{n},x\n" for n in range(2, 101)), encoding="utf-8")
    (sheet,) = sheets_of(landed, {None: {50}}, limit=40)
    assert sheet.is_part
    assert [number for number, _ in sheet.rows] == [*range(1, 11), 48, 49, 50, 51, 52]
    assert sheet.rows[sheet.line_of(50)] == (50, ["50", "x"]) and sheet.line_of(60) is None


@pytest.mark.parametrize(("rows", "is_part"), [(40, False), (41, True)])
def test_where_a_sheet_becomes_a_part(tmp_path: Path, rows: int, is_part: bool) -> None:
    landed = tmp_path / "landed"
    landed.write_text("x\n" * rows, encoding="utf-8")
    (sheet,) = sheets_of(landed, {None: {3}}, limit=40)
    assert sheet.is_part is is_part


@pytest.mark.parametrize(("rows", "is_part"), [(TEXT_ROWS, False), (TEXT_ROWS + 1, True)])
def test_a_long_text_is_shown_by_part(tmp_path: Path, rows: int, is_part: bool) -> None:
    landed = tmp_path / "landed"
    landed.write_text("x\n" * rows, encoding="utf-8")
    (sheet,) = sheets_of(landed, {None: {3}}, limit=ERROR_ROWS)
    assert sheet.is_part is is_part


def test_a_workbook_as_long_is_shown_whole(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(TEXT_ROWS + 1):
        book.active.append([number])
    book.save(tmp_path / "landed.xlsx")
    (sheet,) = sheets_of(tmp_path / "landed.xlsx", {None: {3}}, limit=ERROR_ROWS)
    assert not sheet.is_part and len(sheet.rows) == TEXT_ROWS + 1


def test_a_part_tells_the_row_numbers(judge, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("expectations.feedback.ERROR_ROWS", 40)
    landed = tmp_path / "landed"
    landed.write_text("申领编号,申领金额\n" + "".join(f"A{n},x\n" for n in range(2, 101)), encoding="utf-8")
    verdict = judge("claims", [{**CLAIMS, "row_no": 50, "claimed_yuan": None, "faults": ["claimed_yuan:unreadable"]}])
    layout = [{"sheet": "claims", "header_row": 1, "columns": {"claim_id": 1, "claimed_yuan": 2}}]
    book = openpyxl.load_workbook(write_feedback(tmp_path / "c.xlsx", item(landed, "claims", layout), verdict))
    line = next(row for row in book["claims"].iter_rows() if row[0].value == 50)
    assert line[1].value == "A50" and line[2].comment is not None
    assert book["错误清单"]["I2"].hyperlink.location == f"'claims'!C{line[0].row}"


def test_sheet_names_excel_refuses_are_changed(judge, tmp_path: Path) -> None:
    landed = tmp_path / "landed"
    landed.write_text("申领编号\nA1\n", encoding="utf-8")
    verdict = judge("claims", [{**CLAIMS, "sheet": "汇总", "claim_id": None, "claimed_yuan": "1"}])
    layout = [{"sheet": "汇总", "header_row": 1, "columns": {"claim_id": 1}}]
    book = openpyxl.load_workbook(write_feedback(tmp_path / "d.xlsx", item(landed, "claims", layout), verdict))
    assert book.sheetnames == ["汇总", "错误清单", "汇总(2)"]


def test_html_is_told_without_a_copy(judge, tmp_path: Path) -> None:
    landed = tmp_path / "landed"
    landed.write_text("<html><table><tr><td>申领编号</td></tr></table></html>", encoding="utf-8")
    verdict = judge("claims", [{**CLAIMS, "claim_id": None, "claimed_yuan": "1"}])
    book = openpyxl.load_workbook(write_feedback(tmp_path / "e.xlsx", item(landed, "claims", []), verdict))
    assert book.sheetnames == ["汇总", "错误清单"]


def test_english(judge, roster: Path, tmp_path: Path) -> None:
    verdict = judge("enrollments", [{**ROSTER, "sheet": "2021年一班", "row_no": 4, "faults": ["person_id:checksum"]}])
    path = write_feedback(tmp_path / "f.xlsx", item(roster, "enrollments", LAYOUT), verdict, lang="en")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["Summary", "Errors"]
    assert book["Summary"]["A1"].value == "Mend these 1 rows: 0 yuan, 1 person-times"


def test_chinese_with_english_beside(judge, roster: Path, tmp_path: Path) -> None:
    verdict = judge("enrollments", [{**ROSTER, "sheet": "2021年一班", "row_no": 4, "faults": ["person_id:checksum"]}])
    path = write_feedback(tmp_path / "f.xlsx", item(roster, "enrollments", LAYOUT), verdict, lang="both")
    assert json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["lang"] == "both"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["汇总 Summary", "错误清单 Errors"]
    first, errors = book["汇总 Summary"]["A1"].value, list(book["错误清单 Errors"].values)
    assert first == "改正这 1 行：0 元、1 人次 Mend these 1 rows: 0 yuan, 1 person-times"
    told = next(line for line in errors[1] if isinstance(line, str) and "必须" in line)
    assert told.split("\n")[0].startswith("身份证号有误") and "you must" in told.split("\n")[1]
    assert "列 Column" in errors[0] and "身份证号 person_id" in errors[1]


def test_no_workbook_without_errors(judge, roster: Path, tmp_path: Path) -> None:
    verdict = judge("enrollments", [{**ROSTER, "sheet": "2021年一班", "row_no": 4}])
    assert write_feedback(tmp_path / "g.xlsx", item(roster, "enrollments", LAYOUT), verdict) is None
    assert not (tmp_path / "g.xlsx").exists()
