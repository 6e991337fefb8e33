"""The empty workbook of a dataset: headers, drop-down lists and examples, all from its contract.

The first sheet is empty below the header and loads as `empty`; explanations and examples stand on a sheet of their own,
one line per column, so that no reader takes them for data. Not here: reading what comes back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchestration.errors import UsageError

ROWS_WITH_LISTS = 5000
LISTS = "代码"
TYPES = {
    "idcard": "身份证件号码（文本）",
    "uscc": "统一社会信用代码",
    "division": "行政区划代码",
    "occupation": "职业名称或代码",
    "level": "技能等级",
    "unit": "填报单位",
    "period": "期间",
    "month": "年月",
    "year": "年份",
    "text": "文本",
    "text[]": "文本，多个用、分开",
    "code": "代码（见下拉）",
    "code[]": "代码，多个用、分开",
    "int": "整数",
    "decimal": "数",
    "money": "金额（元）",
    "date": "日期",
    "timestamp": "时间",
    "bool": "是或否",
}


def write_template(dataset: str, target: Path) -> Path:
    """Write the template of a dataset to `target` (xlsx). UsageError for a dataset that has no contract."""
    from expectations.contract import code_lists, contracts

    known = contracts()
    if dataset not in known:
        raise UsageError(
            f"没有数据集 {dataset}；可用：{'、'.join(known)}。", f"no dataset {dataset}; there are: {', '.join(known)}."
        )
    import xlsxwriter

    contract = known[dataset]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        workbook = xlsxwriter.Workbook(str(target), options)
        _fill(workbook, contract, code_lists())
        workbook.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise UsageError(
            f"无法写入 {target}：请检查路径与权限。", f"cannot write {target}: check path and rights."
        ) from error
    return target


def _fill(workbook: Any, contract: Any, lists: dict[str, Any]) -> None:
    required = workbook.add_format({"bold": True, "bg_color": "#FCE4D6", "border": 1, "text_wrap": True})
    optional = workbook.add_format({"bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True})
    as_text = workbook.add_format({"num_format": "@"})
    data = workbook.add_worksheet(contract.title_zh[:31])
    notes = workbook.add_worksheet("说明")
    codes = workbook.add_worksheet(LISTS)
    codes.hide()
    data.freeze_panes(1, 0)
    used: dict[str, str] = {}
    for position, column in enumerate(contract.columns):
        must = column.is_required or column.is_key
        data.write_string(0, position, column.header_zh, required if must else optional)
        # every column is text, so that Excel neither rounds an ID number nor turns a class id into a date
        data.set_column(position, position, max(12, 2 * len(column.header_zh) + 2), as_text)
        if column.code_list and column.code_list not in used:
            used[column.code_list] = _write_list(codes, len(used), lists[column.code_list])
        if column.code_list and column.type == "code":
            _offer(data, position, "=" + used[column.code_list])
        elif column.type == "bool":
            _offer(data, position, ["是", "否"])
    _explain(workbook, notes, contract, lists)


def _offer(sheet: Any, position: int, source: Any) -> None:
    # a warning only: aliases and codes are accepted too
    sheet.data_validation(
        1, position, ROWS_WITH_LISTS, position, {"validate": "list", "source": source, "error_type": "warning"}
    )


def _write_list(sheet: Any, position: int, codes: Any) -> str:
    import xlsxwriter.utility

    for row, code in enumerate(codes):
        sheet.write_string(row, position, code.label_zh)
    letter = xlsxwriter.utility.xl_col_to_name(position)
    return f"'{LISTS}'!${letter}$1:${letter}${len(codes)}"


def _explain(workbook: Any, sheet: Any, contract: Any, lists: dict[str, Any]) -> None:
    head = workbook.add_format({"bold": True, "bottom": 1})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, f"{contract.title_zh}（{contract.dataset}）填报说明。一行一条：{contract.grain}", head)
    sheet.write_string(1, 0, "橙色表头必填。示例为虚构，只在本表，不会被装载。", head)
    for position, title in enumerate(("表头", "必填", "类型", "示例", "可选值", "其他可用表头", "说明")):
        sheet.write_string(3, position, title, head)
    from expectations.contract import example_of

    for row, column in enumerate(contract.columns, start=4):
        labels = [code.label_zh for code in lists[column.code_list]] if column.code_list else []
        cells = (
            f"「{column.header_zh}」",
            "是" if column.is_required or column.is_key else "",
            # words of a header alone in a cell would make this sheet look like data
            f"填{TYPES.get(column.type, column.type)}",
            example_of(column),
            "、".join(labels),
            "、".join(f"「{name}」" for name in column.synonyms),
            column.description,
        )
        for position, cell in enumerate(cells):
            sheet.write_string(row, position, cell, wrap)
    for position, width in enumerate((22, 6, 18, 22, 50, 30, 50)):
        sheet.set_column(position, position, width)
