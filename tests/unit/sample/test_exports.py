"""The files of the sample bureau: their shape, their account, what is said in them."""

from __future__ import annotations

import csv
import json
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from expectations.contract import contracts
from orchestration.sample import write_sample


@pytest.fixture(scope="module")
def drop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drop")
    write_sample(folder, people=3000, form="mixed", dirt="real", truth=folder / "truth.json")
    # an archive is read as a folder of its name
    for path in folder.rglob("*.zip"):
        with zipfile.ZipFile(path, metadata_encoding="gb18030") as package:
            package.extractall(path.with_suffix(""))
    return folder


@pytest.fixture(scope="module")
def truth(drop):
    return json.loads((drop / "truth.json").read_text(encoding="utf-8"))


def _text(path):
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(f"{path} has no encoding a bureau uses")


def _records(path):
    return list(csv.reader(_text(path).splitlines()))


def test_all_sixteen_datasets_are_written(truth):
    assert {row["dataset"] for row in truth["rows"]} == set(contracts())


def test_a_folder_per_quarter_and_year(drop):
    names = {path.name for path in (drop / "500103").iterdir()}
    assert names == {f"{y}{q}" for y in (2019, 2020, 2021) for q in ("", "Q1", "Q2", "Q3", "Q4")}


def test_every_file_says_that_it_is_synthetic(drop):
    for path in (drop / "500103").rglob("*"):
        if path.suffix == ".csv":
            assert "合成数据" in path.name
            assert "synthetic" in _text(path) or path.name.startswith("学时记录")
        elif path.suffix == ".xlsx":
            first = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[0][0]
            assert "合成数据" in first


def test_the_rows_told_are_the_rows_in_the_file(drop, truth):
    for row in truth["rows"]:
        path = drop / row["path"]
        if row["verdict"] == "unchanged":
            assert any(p != path and p.read_bytes() == path.read_bytes() for p in path.parent.iterdir())
        elif path.suffix == ".csv":
            assert len(_records(path)) == row["rows_read"], row["path"]
        else:
            book = CalamineWorkbook.from_path(str(path))
            shown = [sheet.name for sheet in book.sheets_metadata if sheet.name != "旧数据"]
            sheets = [book.get_sheet_by_name(name).to_python() for name in shown]
            told = sum(other["rows_read"] for other in truth["rows"] if other["path"] == row["path"])
            # a sign-in sheet counts a row per person and day, between title, header and note
            days = [len(rows[1]) - 2 if "签到表" in path.name else 1 for rows in sheets]
            frame = 3 if "签到表" in path.name else 0
            assert sum((len(rows) - frame) * n + frame for rows, n in zip(sheets, days, strict=True)) == told, row["path"]


def test_the_parts_of_the_row_account_add_up(truth):
    for row in truth["rows"]:
        parts = row["not_data"] + row["duplicate"] + row["quarantined"] + row["accepted"]
        assert parts == row["rows_read"], row["path"]


def test_each_fault_is_counted_once_and_stands_where_told(drop, truth):
    quarantined = sum(row["quarantined"] for row in truth["rows"])
    assert quarantined == len(truth["faults"]) > 35
    columns = {c.name: c for contract in contracts().values() for c in contract.columns}
    for fault in truth["faults"]:
        if not fault["path"].endswith(".csv") or fault["kind"] != "missing":
            continue
        records = _records(drop / fault["path"])
        header = next(record for record in records if len([cell for cell in record if cell]) > 4)
        assert records[fault["row_no"] - 1][header.index(columns[fault["column"]].header_zh)] == ""


def test_rosters_of_the_first_quarter_carry_the_class_in_the_title(drop):
    (path,) = (drop / "500103/2020Q1").glob("学员花名册*.xlsx")
    book = CalamineWorkbook.from_path(str(path))
    assert len(book.sheet_names) > 1
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        assert rows[1][0].startswith(f"班期编号：{name}")
        assert "班期编号" not in rows[2]


def test_id_numbers_in_workbooks_are_text_save_the_one_that_is_damaged(drop):
    numbers = []
    for path in (drop / "500103").rglob("学员花名册*.xlsx"):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            at = rows[2].index("身份证号")
            numbers += [row[at] for row in rows[3:] if isinstance(row[at], float)]
    assert len(numbers) == 1


def test_nothing_outside_the_unassigned_area_looks_like_an_id_number(drop):
    for path in (drop / "500103").rglob("*.csv"):
        found = set(re.findall(r"(?<![0-9A-Z])[1-6][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx](?![0-9A-Z])", _text(path)))
        assert all(number.startswith("5099") for number in found), path.name


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet"])
def test_a_drop_of_one_form_holds_that_form_only(tmp_path, form):
    report = write_sample(tmp_path, people=200, first="2021-01", last="2021-03", form=form, dirt="none")
    assert {path.rsplit(".", 1)[1] for path in report.files} == {form}


def test_parquet_has_canonical_columns(tmp_path):
    import duckdb

    report = write_sample(tmp_path, people=200, first="2021-01", last="2021-03", form="parquet", dirt="none")
    for path in report.files:
        names = [row[0] for row in duckdb.execute(f"DESCRIBE FROM '{tmp_path / path}'").fetchall()]
        dataset = next(c for c in contracts().values() if c.title_zh in path)
        assert names == [column.name for column in dataset.columns]


def test_a_tidy_drop_has_nothing_to_set_aside(tmp_path):
    write_sample(tmp_path, people=200, first="2021-01", last="2021-06", dirt="none", truth=tmp_path / "t.json")
    told = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert all(row["quarantined"] == row["duplicate"] == 0 for row in told["rows"])
    assert told["faults"] == told["findings"] == []
