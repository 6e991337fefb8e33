"""Helpers of the reading tests: synthetic ID numbers, files of a bureau, one read for many of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from orchestration.intake.discover import discover
from orchestration.intake.read import FileReading, Reading, read
from orchestration.settings import load_settings


def id_number(birth: str = "19900101", sequence: int = 1, area: str = "509901") -> str:
    """A valid ID number of nobody: area codes 5099xx were never assigned."""
    body = f"{area}{birth}{sequence:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def csv_text(*rows: tuple | list | str) -> str:
    """Rows as comma separated lines; a row may be a text that is already a line."""
    return "".join(
        (row if isinstance(row, str) else ",".join("" if c is None else str(c) for c in row)) + "\n" for row in rows
    )


ROSTER = ("班期编号", "身份证号", "姓名", "性别", "人员类别", "是否结业", "考核成绩", "报名日期", "联系电话")


def roster(number: str, **cells: object) -> tuple:
    """One line of a roster with the columns of ROSTER; `cells` replaces by header."""
    line = dict(
        zip(
            ROSTER,
            ("YZ2020-0137", number, "甲某", "男", "企业职工", "合格", "85", "2020-03-01", "10000000001"),
            strict=True,
        )
    )
    return tuple((line | cells).values())


CLAIM = ("申领编号", "申领主体类型", "申领单位代码", "补贴种类", "申领金额", "申领日期", "资金来源", "状态")
PAYEE = "52500103MJ00000013"


def claim(number: str, amount: object = "1000", **cells: object) -> tuple:
    """One line of claims with the columns of CLAIM; `cells` replaces by header."""
    line = dict(zip(CLAIM, (number, "机构", PAYEE, "培训补贴", amount, "2020-03-01", "专账", "已拨付"), strict=True))
    return tuple((line | cells).values())


def column(rows: list[dict], name: str) -> list:
    """One column of candidate rows."""
    return [row[name] for row in rows]


class Case:
    """A folder tree that is read once; rows and files are then asked for by file name."""

    def __init__(self, root: Path, **settings: str) -> None:
        self.root, self.drop_root = root, root / "drop"
        self.settings = load_settings(root / "home", threads="2", **settings)
        self.reading: Reading | None = None
        self.refused_by_name: dict[str, dict] = {}
        self.passed_over: list[str] = []

    def folder(self, place: str = "500103/2020Q1") -> Path:
        """The folder of a unit and period, made when it is not there."""
        path = self.drop_root / place
        path.mkdir(parents=True, exist_ok=True)
        return path

    def text(self, name: str, *rows: tuple | list | str, place: str = "500103/2020Q1", encoding: str = "utf-8") -> Path:
        """Write a csv file."""
        path = self.folder(place) / name
        path.write_bytes(csv_text(*rows).encode(encoding))
        return path

    def read(self) -> Case:
        """Read everything that was written."""
        found = discover([self.drop_root])
        self.refused_by_name = {entry["file_name"]: entry for entry in found.refused}
        self.passed_over = found.passed_over
        work = self.root / "work"
        shutil.rmtree(work, ignore_errors=True)
        self.reading = read(found.drops, self.settings, work)
        return self

    def file(self, name: str) -> FileReading:
        """The one reading of a file."""
        (found,) = [item for item in self.reading.readings if item.file_name == name]
        return found

    def refusal(self, name: str) -> str:
        """The rule that refused a file."""
        file = self.file(name)
        assert file.state == "refused", file
        return file.reasons[0]["rule_id"]

    def rows(self, name: str, dataset: str | None = None) -> list[dict]:
        """The candidate rows of a file, in order."""
        dataset = dataset or self.file(name).dataset
        relation = duckdb.sql(
            f"SELECT * FROM '{self.reading.candidates[dataset]}' WHERE file_name = '{name}' ORDER BY row_id"
        )
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]

    def all_rows(self, dataset: str, place: tuple[str, str]) -> list[dict]:
        """The candidate rows of a slot, in order."""
        relation = duckdb.sql(
            f"SELECT * FROM '{self.reading.candidates[dataset]}'"
            f" WHERE slot_unit = '{place[0]}' AND slot_period = '{place[1]}' ORDER BY row_id"
        )
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
