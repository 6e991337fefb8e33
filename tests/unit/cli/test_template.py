"""`template`: the contract as an empty workbook."""

import openpyxl
import pytest

from expectations.contract import EXAMPLES, code_lists, contracts


@pytest.mark.parametrize("dataset", sorted(contracts()))
def test_the_first_sheet_is_the_contracts_headers_and_nothing_else(skillhouse, tmp_path, dataset):
    target = tmp_path / f"{dataset}.xlsx"
    assert skillhouse("template", dataset, "-o", target).code == 0
    workbook = openpyxl.load_workbook(target)
    rows = list(workbook.worksheets[0].iter_rows(values_only=True))
    assert rows == [tuple(column.header_zh for column in contracts()[dataset].columns)]
    assert workbook.worksheets[1].title == "说明"
    assert workbook["代码"].sheet_state == "hidden"


def test_code_columns_offer_their_labels(skillhouse, tmp_path):
    target = tmp_path / "claims.xlsx"
    skillhouse("template", "claims", "-o", target)
    workbook = openpyxl.load_workbook(target)
    listed = {tuple(c.value for c in column if c.value) for column in workbook["代码"].iter_cols()}
    wanted = {c.code_list for c in contracts()["claims"].columns if c.code_list}
    assert listed == {tuple(code.label_zh for code in code_lists()[name]) for name in wanted}
    assert workbook.worksheets[0].data_validations.dataValidation


def test_examples_are_nobodys_and_valid():
    from stdnum.cn import ric

    number = EXAMPLES["idcard"]
    assert number.startswith("509901")
    assert ric.calc_check_digit(number) == number[-1]


def test_a_place_that_cannot_be_written_is_told(skillhouse, tmp_path):
    answer = skillhouse("template", "claims", "-o", tmp_path / "no" / "such" / "x.xlsx")
    assert (answer.code, "Traceback" in answer.err) == (2, False)
