"""Every kind of dirt, D01 to D34, in a file that LibreOffice saved (`tests/fixtures/intake/dirt`), and what it must read as.

A number per test, and the list is whole by the last one. Not here: how the files were made (`make_dirt.py`).
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from expectations.model import suites
from tests.unit.intake.bureau import Case, column

DIRT = Path(__file__).resolve().parents[2] / "fixtures" / "intake" / "dirt"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("dirt"))
    # a slot each, so that no file repeats another
    for number, path in enumerate(sorted(DIRT.iterdir())):
        shutil.copy(path, case.folder(f"500103/{2015 + number // 12}{number % 12 + 1:02d}"))
    return case.read()


def faults(case: Case, name: str) -> list[list[str]]:
    """The faults of each row of a file, without their columns."""
    return [[fault.split(":")[1] for fault in row["faults"]] for row in case.rows(name)]


def offends(case: Case, name: str, rule_id: str) -> list[int]:
    """Row numbers of a file that a rule of its suite finds."""
    dataset = rule_id.split(".")[0]
    (rule,) = [rule for rule in suites()[dataset].rules if rule.id == rule_id]
    found = duckdb.sql(
        f"SELECT row_no FROM '{case.reading.candidates[dataset]}' WHERE file_name = '{name}' AND ({rule.where}) ORDER BY 1"
    )
    return [row[0] for row in found.fetchall()]


def notices(case: Case, name: str) -> list[str]:
    """Rules of the notices of a file."""
    return [notice["rule_id"] for notice in case.file(name).notices]


def test_d01_titles_merged_header_and_corner(case: Case) -> None:
    (row,) = case.rows("d01.xls")
    assert (row["row_no"], row["claimed_yuan"], case.file("d01.xls").rows_not_data) == (5, Decimal("15000.00"), 4)


def test_d02_totals_are_dropped_and_checked(case: Case) -> None:
    assert column(case.rows("d02.xls"), "claim_id") == ["S1", "S2"] and case.file("d02.xls").rows_not_data == 5
    (told,) = case.file("d02.xls").notices
    assert (
        told["rule_id"] == "intake.total_differs"
        and "第 6 行" in told["message"]["zh"]
        and "1.00 元" in told["message"]["zh"]
    )


def test_d03_widths_and_invisible_characters(case: Case) -> None:
    (row,) = case.rows("d03.xlsx")
    assert (row["class_id"], row["exam_score"], row["faults"]) == ("YZ2020-0137", Decimal("85.5"), [])


def test_d04_encodings(case: Case) -> None:
    keys = [column(case.rows(f"d04_{name}.csv"), "person_key") for name in ("gb18030", "utf8")]
    assert keys[0] == keys[1] and len(keys[0]) == 2
    assert case.refusal("d04_half.csv") == "intake.encoding"


def test_d05_forms_of_an_id_number(case: Case) -> None:
    rows = case.rows("d05.xlsx")
    assert faults(case, "d05.xlsx") == [[]] * 4 and rows[1]["duplicate_of"] == rows[0]["row_id"]


def test_d06_fifteen_digits_are_raised(case: Case) -> None:
    assert faults(case, "d06.xls") == [["id_upgraded"]] * 2


def test_d07_numbers_that_lost_digits(case: Case) -> None:
    assert faults(case, "d07.xls") == [["damaged"], ["damaged"], []]


def test_d08_check_digit_birth_date_sex(case: Case) -> None:
    assert faults(case, "d08.ods") == [["checksum"], ["birth_date"], ["sex"]]


def test_d09_area_codes_of_their_years(case: Case) -> None:
    # 510202 was a district until 1996
    assert faults(case, "d09.xlsx") == [[], ["area_code"]]


def test_d10_dates_and_ranges(case: Case) -> None:
    assert column(case.rows("d10.xls"), "starts_on") == [date(2020, 3, 1)] * 8 + [None] * 2
    assert faults(case, "d10.xls")[8:] == [["no_year"], ["unreadable"]]
    spans = [(row["contract_from"], row["contract_to"]) for row in case.rows("d10_range.ods")]
    assert spans == [(date(2019, 9, 3), date(2019, 9, 20)), (date(2019, 12, 20), date(2020, 1, 5))]


def test_d11_months(case: Case) -> None:
    found = column(case.rows("d11.xlsx"), "starts_on")
    assert found == [date(2019, 9, 1), date(2019, 9, 1), None, date(2019, 1, 1), date(2019, 10, 1)]
    assert faults(case, "d11.xlsx")[2] == ["ambiguous"] and case.rows("d11.xlsx")[4]["ends_on"] == date(2020, 12, 31)


def test_d12_amounts(case: Case) -> None:
    found = column(case.rows("d12.xlsx"), "claimed_yuan")
    assert found == [Decimal(n) for n in (1500, 1500, 1500, -1200, -1200, 1500)] + [None]


def test_d13_repeats_conflicts_and_rows_that_complete(case: Case) -> None:
    assert faults(case, "d13.xls") == [[], [], ["key_conflict"], ["key_conflict"], ["merged"], []]
    assert [row["duplicate_of"] is not None for row in case.rows("d13.xls")] == [False, True, False, False, False, True]


def test_d14_void_rows_keep_their_status(case: Case) -> None:
    # the last one is struck through
    assert column(case.rows("d14.xls"), "class_status") == ["filed", "cancelled", "cancelled", "returned", "cancelled"]
    assert notices(case, "d14.xls") == ["intake.struck_rows"]


def test_d15_a_copy_is_the_same_file_and_a_change_is_another(case: Case, tmp_path: Path) -> None:
    # a load takes the same bytes once (test_outcome.py)
    assert case.file("d15(1).xls").sha256 == case.file("d15.xls").sha256 != case.file("d15最终版.xls").sha256
    again = Case(tmp_path / "again")
    for name in ("d15.xls", "d15最终版.xls"):
        shutil.copy(DIRT / name, again.folder("500103/2020Q1"))
    # within one submission neither wins in silence
    again.read()
    assert [f for name in ("d15.xls", "d15最终版.xls") for f in faults(again, name)] == [["key_conflict"]] * 2


def test_d16_brackets_are_one_kind(case: Case) -> None:
    assert [row["duplicate_of"] is not None for row in case.rows("d16.xlsx")] == [False, True]


def test_d17_occupation_codes(case: Case) -> None:
    assert column(case.rows("d17.xls"), "occupation_code") == ["6-18-02-04"] * 4 + [None]
    assert faults(case, "d17.xls")[4] == ["unreadable"]


def test_d18_levels_longest_match_first(case: Case) -> None:
    assert column(case.rows("d18.ods"), "skill_level") == ["5"] * 5 + ["3", "1", None]
    assert faults(case, "d18.ods") == [[]] * 8


def test_d19_several_categories(case: Case) -> None:
    found = column(case.rows("d19.xlsx"), "trainee_categories")
    assert found == [["disabled", "rural_worker", "veteran"], ["disabled", "enterprise_employee"], None]


def test_d20_level_columns_and_merged_cells(case: Case) -> None:
    found = [(row["project_id"], row["skill_level"], row["occupation_name"]) for row in case.rows("d20.xls")]
    # only what was merged is filled down
    assert found == [
        ("P1", "5", "焊工"),
        ("P1", "4", "焊工"),
        ("P2", "5", "焊工"),
        ("P2", "1", "焊工"),
        ("P3", "5", None),
    ]


def test_d21_damaged_names(case: Case) -> None:
    assert faults(case, "d21.xlsx") == [[], [], ["name_damaged"], ["name_damaged"], ["name_damaged"]]


def test_d22_phones(case: Case) -> None:
    assert len(set(column(case.rows("d22.xls"), "phone_key"))) == 1 and faults(case, "d22.xls") == [[]] * 3


def test_d23_class_id_in_the_file_name(case: Case) -> None:
    assert column(case.rows("d23_YZ2020-0901.ods"), "class_id") == ["YZ2020-0901"]


def test_d24_wide_attendance(case: Case) -> None:
    assert column(case.rows("d24.xls"), "lessons") == [6, 6, 4, 6, None] and faults(case, "d24.xls")[4] == ["mark"]
    # title, header and three marks of absence
    assert (case.file("d24.xls").rows_read, case.file("d24.xls").rows_not_data) == (10, 5)


def test_d25_hours_lessons_days(case: Case) -> None:
    assert column(case.rows("d25.xlsx"), "lessons") == [6, 6, 6]


def test_d26_certificates_flagged(case: Case) -> None:
    assert offends(case, "d26.xls", "certifications.issued_before_exam") == [2]
    assert offends(case, "d26.xls", "certifications.skill_number_shape") == [5]
    assert offends(case, "d26.xls", "certifications.skill_number_level") == [6]


def test_d27_payments_flagged(case: Case) -> None:
    assert offends(case, "d27.xlsx", "claims.paid_before_claimed") == [2]
    assert offends(case, "d27.xlsx", "claims.advance_above_claimed") == [3]
    assert offends(case, "d27.xlsx", "claims.recovered_before_paid") == [4]


def test_d28_a_balance_that_does_not_run(case: Case) -> None:
    assert faults(case, "d28.xls") == [[], ["balance"]]
    assert case.file("d28.xls").opening[0]["opening_yuan"] == "1000.00"


def test_d29_a_late_class_keeps_its_own_dates(case: Case) -> None:
    (row,) = case.rows("d29.xlsx")
    assert (row["starts_on"], row["faults"]) == (date(2019, 10, 8), []) and row["slot_period"] > "2016"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_d30_hidden_parts_errors_and_cached_values(case: Case, kind: str) -> None:
    assert column(case.rows(f"d30.{kind}"), "exam_score") == [85, None, 85, 70]
    assert faults(case, f"d30.{kind}")[1] == ["error_cell"]
    assert notices(case, f"d30.{kind}") == ["intake.hidden_rows", "intake.sheet_not_read"]


def test_d31_yes_and_no(case: Case) -> None:
    found = column(case.rows("d31.xls"), "is_project_based")
    assert found == [True, False, True, True, True, None, False, True, True, None]
    assert faults(case, "d31.xls")[9] == ["unknown_code"] and faults(case, "d31.xls")[5] == []
    assert column(case.rows("d31_completion.xlsx"), "completion") == ["completed"] * 4 + [
        "failed",
        "completed",
        "failed",
    ]


def test_d32_percentages_with_a_comparator(case: Case) -> None:
    rows = case.rows("d32.xlsx")
    assert column(rows, "target_value") == [Decimal("0.27")] * 6 + [Decimal(16000)]
    assert column(rows, "comparator") == ["ge"] * 5 + ["le", "ge"]


def test_d33_units_without_an_area_code(case: Case) -> None:
    assert column(case.rows("d33.xls"), "reporting_unit") == ["500191", None]


def test_d34_test_rows(case: Case) -> None:
    assert faults(case, "d34.xlsx") == [["test_row"]] * 3 + [[]]


def test_the_list_is_whole() -> None:
    numbers = [f"d{number:02d}" for number in range(1, 35)]
    files = {path.name[:3] for path in DIRT.iterdir()}
    tests = {found[1] for name in globals() if (found := re.match(r"test_(d\d\d)_", name))}
    assert files == tests == set(numbers)
