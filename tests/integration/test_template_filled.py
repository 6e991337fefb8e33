"""Templates filled by hand load without a warning: every dataset, typed into Excel, two of them saved again by LibreOffice."""

from __future__ import annotations

import csv
import datetime
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from expectations.contract import contracts
from expectations.engine import Engine
from orchestration.intake.headers import match
from orchestration.intake.load import load
from orchestration.sample import write_sample
from orchestration.settings import load_settings
from orchestration.template import write_template

ROWS = 12
SAVED_AGAIN = ("claims", "enrollments")
# too small a sample has none of these
BY_HAND = {"inspections": ("班期编号,检查日期,检查方式,应到,实到", "YZ2021-0001,2021-05-10,现场,40,38")}
SOFFICE = shutil.which("soffice")


def typed(kind: str, text: str) -> object:
    """What Excel keeps of what a user types: numbers and days as such, the rest as text."""
    if not text:
        return None
    if kind in ("int", "money", "decimal"):
        return float(Decimal(text)) if "%" not in text else text
    if kind == "date":
        return datetime.date.fromisoformat(text) if len(text) == 10 and text[4] == "-" else text
    return text


def table_of(path: Path) -> tuple[str, dict[int, str], list[list[str]]]:
    """(dataset, column by position, rows) of a csv of the sample."""
    lines = list(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    fits = {name: {n: m.column for n, t in enumerate(lines[0]) if (m := match(name, t))} for name in contracts()}
    dataset = max(fits, key=lambda name: len(fits[name]))
    return dataset, fits[dataset], lines[1:]


def fill(dataset: str, columns: dict[int, str], rows: list[list[str]], target: Path) -> None:
    """The template of a dataset with the rows typed in below its header."""
    write_template(dataset, target)
    book = openpyxl.load_workbook(target)
    contract, sheet = contracts()[dataset], book.worksheets[0]
    place = {column.name: n for n, column in enumerate(contract.columns, 1)}
    for line, row in enumerate(rows[:ROWS], 2):
        for position, name in columns.items():
            sheet.cell(line, place[name]).value = typed(contract.column(name).type, row[position])
    book.save(target)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, list[dict]]:
    """What the load says of every filled template, by dataset."""
    root = tmp_path_factory.mktemp("templates")
    write_sample(root / "sample", people=60, first="2021-04", last="2021-06", dirt="none", form="csv")
    quarter = next((root / "sample").rglob("2021Q2"))
    for name, lines in BY_HAND.items():
        (quarter / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    for path in sorted((root / "sample").rglob("*.csv")):
        dataset, columns, rows = table_of(path)
        target = root / "drop" / path.parent.parent.name / path.parent.name / f"{dataset}.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        fill(dataset, columns, rows, target)
        if dataset in SAVED_AGAIN and SOFFICE:
            profile = f"-env:UserInstallation={(root / 'profile').as_uri()}"
            subprocess.run(
                [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", root / "again", target],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip
            shutil.copy(root / "again" / target.name, target)
    found: dict[str, list[dict]] = {}
    with Engine() as engine:
        for file in load(load_settings(root / "home"), [root / "drop"], engine=engine).files:
            found.setdefault(file["dataset"], []).append(file)
    return found


@pytest.mark.parametrize("dataset", sorted(contracts()))
def test_a_filled_template_loads_without_a_warning(told: dict[str, list[dict]], dataset: str) -> None:
    for file in told[dataset]:
        assert (file["verdict"], file["reasons"]) == ("accepted", [])
        # beside the header only the opening line of a ledger is no data
        assert file["rows_not_data"] == (2 if dataset == "fund_ledger" else 1)
        assert file["rows_read"] == file["rows_not_data"] + file["rows_accepted"]
        # its own sheets of notes and lists are named, as every sheet that is not read
        assert [n for n in file["notices"] if n["rule_id"] != "intake.sheet_not_read"] == []
