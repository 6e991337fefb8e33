"""Why a file is refused: one entry of `reasons` in `load --json`, in Chinese and English.

Not here: what is wrong with a row (faults of the candidate, judged by the suites).
"""

from __future__ import annotations

from dataclasses import dataclass

# rule -> (reason, Chinese, English); {x} is filled by the caller and never holds a cell's content
_REFUSALS = {
    "intake.unknown_type": ("structure", "文件类型无法识别：请导出为 xlsx、xls、ods 或 csv 后重新报送。", "Unknown file type: export as xlsx, xls, ods or csv and send again."),
    "intake.not_regular": ("security", "不是普通文件（链接、管道或设备）：请报送文件本身。", "Not a regular file (link, pipe or device): send the file itself."),
    "intake.unreadable": ("structure", "文件已损坏，无法打开：请重新导出后报送。", "The file is damaged and cannot be opened: export it again."),
    "intake.zero_bytes": ("structure", "文件为 0 字节：请重新导出后报送。", "The file has 0 bytes: export it again."),
    "intake.encoding": ("encoding", "文本编码混杂或无法识别：请另存为 UTF-8 或 GB18030（ANSI）后重新报送。", "Mixed or unknown text encoding: save as UTF-8 or GB18030 and send again."),
    "intake.limit": ("security", "超出读取上限（{x}）：请拆分文件后报送。", "Over a reading limit ({x}): split the file."),
    "intake.unsafe": ("security", "压缩结构异常（{x}），未打开：请重新导出后报送。", "Unsafe archive ({x}), not opened: export it again."),
    "intake.password": ("security", "文件有密码：请去除密码后报送。", "The file has a password: remove it."),
    "intake.macro": ("security", "文件含宏：请另存为不含宏的 xlsx 后报送。", "The file holds macros: save it as xlsx without macros."),
    "intake.records": ("structure", "文本行数无法核对（引号不成对）：请重新导出 csv 后报送。", "Records cannot be counted (unpaired quotes): export the csv again."),
    "intake.no_header": ("structure", "找不到任何数据集的表头：请使用模板（skillhouse template）的列名。", "No header row of any dataset: use the headers of the template (skillhouse template)."),
    "intake.two_datasets": ("structure", "表头同时符合两个数据集（{x}）：请用 --dataset 指明。", "The header fits two datasets equally ({x}): name it with --dataset."),
    "intake.header_twice": ("structure", "表头“{x}”出现两次：请删去或改名其一。", "The header “{x}” stands twice: remove or rename one."),
    "intake.column_missing": ("required", "缺少必填列“{x}”，标题、工作表名、文件名和文件夹名中也没有：请补上该列。", "The required column “{x}” is missing and not in title, sheet, file or folder name: add it."),
    "intake.unit_unknown": ("structure", "不知道报送单位：请放入 <单位>/<期间>/ 文件夹，或用 --unit 指明。", "Reporting unit unknown: put the file into <unit>/<period>/ or give --unit."),
    "intake.period_unknown": ("structure", "不知道报送期间：请放入 <单位>/<期间>/ 文件夹，或用 --period 指明。", "Period unknown: put the file into <unit>/<period>/ or give --period."),
    "intake.class_id_contradiction": ("key", "标题中的班期编号与列中的不一致：请核对。", "The class id in the title contradicts the column: check it."),
}  # fmt: skip


@dataclass(frozen=True)
class Refusal(Exception):
    """A file (or sheet) that is not read, and why; `detail` fills the message and holds no cell content."""

    rule: str
    detail: str = ""
    detail_en: str = ""
    sheet: str | None = None
    row_no: int | None = None
    column: str | None = None

    def entry(self) -> dict:
        """The refusal as an entry of `reasons`; amounts of a file that was not read are not known (null)."""
        reason, zh, en = _REFUSALS[self.rule]
        return {
            "rule_id": self.rule,
            "reason": reason,
            "sheet": self.sheet,
            "row_no": self.row_no,
            "column": self.column,
            "message": zh.replace("{x}", self.detail),
            "message_en": en.replace("{x}", self.detail_en or self.detail),
            "amount_fen": 0,
        }
