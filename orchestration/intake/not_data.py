"""Rows of a sheet that are no data, told in SQL: titles, repeated headers, totals, signatures, notes; the sections they part.

Not here: picking columns (`rows.py`), whether stated totals are right (`totals.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.contract import Contract
from orchestration.intake.reasons import Refusal

if TYPE_CHECKING:
    import duckdb

TOTALS = (
    "(小计|合计|总计|累计|共计|本页小计|本页合计|本月合计|本年累计|本季合计|本年合计|总合计|总数|总人数|合计人数"
    "|(?i:sub|grand)?-?(?i:totals?))"
)
_AVERAGES = "[^0-9]{0,4}(平均|均值|(?i:average))(分|值|数|成绩|分数)?:?"
LEDGER_OPENING = "(期初余额|期初结余|上月结转|上年结转|上期结转|上年结余|上月余额|年初余额|月初余额)"
LEDGER_ASIDE = "(本月合计|本年累计|本季合计|期末余额|月末余额|承前页|过次页|本页合计|累计|合计|小计)"
_SIGNATURES = (
    "注|备注|说明|附注|制表|填表|填报|编制|审核|复核|审批|经办|负责|主管|单位负责"
    "|联系|签字|签名|签章|盖章|公章|日期|打印|数据来源|资料来源|来源|报出"
)
# a count beside a word of totals is no key: 合计 | 2人
_COUNT = "[0-9]{1,7}([.][0-9]+)?(人|人次|名|元|万元|个|户|期|班|条)?"
# words in a first cell that make a row worth a second look
_DOUBTFUL = "[计:：注()（）]|余额|结转|说明|备注|承前|过次|^[0-9]{1,7}(人|名|元|个|户|条)|[表册单账月日]$|^.{17}|人数$|总数|平均"
# what a cell that stands alone in its row says when it is no value: a table's name, a date of signing, a group's heading
_ALONE = (
    "花名册|名册|名单|台账|汇总表|明细表|统计表|登记表|备案表|签到表|考勤表|申领表|申请表"
    "|^([0-9]{4})?年([0-9]{1,2})?月([0-9]{1,2})?日$|[(]?[0-9]+(人|名|人次)[)]?$|^[^:]{2,16}:."
    "|^[0-9]{1,2}[.、)][^0-9.]"
)
_CLASS_TOKEN = "(?:^|[^A-Z0-9])([A-Z]{1,6}[0-9]{4}-?[0-9]{3,6})(?:[^0-9]|$)"

_OF_ALL = f"""
  WHEN regexp_full_match(filled[1], '[^0-9]{{0,12}}{TOTALS}([(].*[)]|:?{_COUNT}.*)?:?') AND NOT (has_key
    AND NOT regexp_matches(first, '{TOTALS}|^{_COUNT}$') AND NOT is_counted) THEN 'total'
  WHEN regexp_full_match(filled[1], '{_AVERAGES}') AND NOT (has_key AND NOT is_counted) THEN 'note'
  WHEN regexp_full_match(filled[1], '[^0-9]{{0,8}}共(有|计)?:?[0-9]+(人|名|人次|条|户|行).*') AND NOT has_key THEN 'total'
  WHEN regexp_matches(filled[1], '^({_SIGNATURES})[^:]{{0,8}}:') THEN 'note'
  WHEN regexp_matches(filled[1], '(盖章|签字|签名|签章|公章)[)]?:?$') AND NOT has_key THEN 'note'
  WHEN len(filled) = 1 AND strlen(filled[1]) > length(filled[1]) AND (length(filled[1]) >= 12
    OR list_contains(above, filled[1]) OR regexp_matches(filled[1], '{_ALONE}')
    -- a number has no letters of Chinese only: such a word in its column heads a group
    OR (filled[1] = first AND NOT regexp_matches(first, '[0-9A-Za-z]'))
    OR regexp_matches(filled[1], '^[(]?[一二三四五六七八九十]+[)、,.]|^({_SIGNATURES})|{TOTALS}$')) THEN 'note'
  WHEN NOT has_key AND len(filled) > 0 AND list_has_all(above, filled) THEN 'note'
  WHEN NOT has_key AND len(list_filter(filled, lambda c: regexp_full_match(c, '{TOTALS}:?'))) > 0 THEN 'total'
  ELSE 'data' END"""
_BLANKS = """CASE WHEN len(filled) = 0 THEN 'blank'
  WHEN NOT is_wide AND len(list_filter(mapped, lambda c: c IS NOT NULL)) = 0 THEN 'note'
  WHEN len(list_filter(mapped, lambda c: list_contains(head, c))) >= greatest(1, least(2, len(head))) THEN 'header'"""
_ROW_CLASS = _BLANKS + _OF_ALL
# 承前页 in the voucher's own column is no voucher
_LEDGER_CLASS = (
    f"""{_BLANKS}
  WHEN NOT is_voucher AND len(list_filter(filled, lambda c: regexp_full_match(c, '{LEDGER_OPENING}:?'))) > 0 THEN 'opening'
  WHEN NOT is_voucher AND len(list_filter(filled, lambda c: regexp_full_match(c, '{LEDGER_ASIDE}:?'))) > 0 THEN 'aside'"""
    + _OF_ALL
)


def write_layout_heads(connection: duckdb.DuckDBPyConnection, used: list[str]) -> None:
    """Table `layouts`: `layout` with the texts of its header rows (`head`, `head_at` by column) and of the rows `above`.

    They tell a header or title again where a printed page or the next class repeats it.
    """
    cells = ", ".join(f"nullif(trim(h.cells[l.col_{n}]), '')" for n in used)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE layouts AS
        WITH heading AS (
          SELECT l.file_no, l.sheet_no, list([{cells}] ORDER BY h.row_no) FILTER (h.row_no >= l.heading_row) AS heads,
            flatten(list(list_filter(list_transform(h.cells, lambda c: compact(c)), lambda c: c IS NOT NULL))
              FILTER (h.row_no < l.heading_row)) AS above
          FROM layout l JOIN raw h ON h.file_no = l.file_no AND h.sheet_no = l.sheet_no AND h.row_no <= l.heading_last
          GROUP BY ALL)
        SELECT l.*, list_filter(list_distinct(flatten(coalesce(heads, []))), lambda c: c IS NOT NULL) AS head,
          coalesce(heads, []) AS heads, coalesce(above, []::VARCHAR[]) AS above
        FROM layout l LEFT JOIN heading USING (file_no, sheet_no)"""
    )


def write_odd_rows(connection: duckdb.DuckDBPyConnection, contract: Contract, used: list[str], keys: list[str]) -> None:
    """Table `odd` (file_no, sheet_no, row_no, row_class, mapped, spaced): rows that do not show at once that they are data.

    row_class is data, blank, note, header, total, or in a ledger opening, aside. `used` are the mapped columns, `keys`
    the required keys among them.
    """
    cell = "nullif(trim(r.cells[l.col_{0}]), '')"
    # of the sheet's own key columns the first: another sheet of the load may have one that this one lacks
    named = [n for n in keys if n.endswith(("_id", "_no"))] or keys[:1]
    first = f"coalesce({', '.join(f'r.cells[l.col_{n}]' for n in (*named, *keys[:1]))})"
    key_filled = " AND ".join(f"(l.col_{n} IS NULL OR {cell.format(n)} IS NOT NULL)" for n in keys)
    mapped = ", ".join(cell.format(n) for n in used)
    # a row of totals may repeat the class, with the number of persons where their ID numbers stand
    persons = [cell.format(n) for n in keys if contract.column(n).type == "idcard"]
    # a choice, so that only short cells are looked at closely
    looks = [f"CASE WHEN strlen({n}) < 15 THEN regexp_full_match(compact({n}), '{_COUNT}') ELSE false END" for n in persons]
    counted = " OR ".join(looks) or "false"
    voucher = cell.format("voucher_no") if "voucher_no" in used else "NULL::VARCHAR"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE odd AS
        WITH doubtful AS (
          SELECT file_no, sheet_no, r.row_no, l.is_wide, l.head, l.heads, l.above, compact({first}) AS first,
            coalesce(NOT regexp_full_match(compact({voucher}), '({LEDGER_OPENING}|{LEDGER_ASIDE}):?'), false) AS is_voucher,
            {key_filled} AS has_key, coalesce({counted}, false) AS is_counted, [{mapped}] AS mapped, r.cells,
            list_transform(list_filter(r.cells, lambda c: trim(coalesce(c, '')) <> ''), lambda c: compact(c)) AS filled
          FROM raw r JOIN layouts l USING (file_no, sheet_no)
          WHERE r.row_no > l.header_row AND r.row_no <= l.last_row
            AND NOT coalesce({key_filled} AND NOT ({counted}) AND NOT contains({first}, 'otal') AND NOT contains({first}, 'OTAL')
              AND NOT list_contains(l.head, {first})
              AND (strlen({first}) = length({first}) AND NOT starts_with({first}, '(')
                AND NOT regexp_matches({first}, '^[0-9]{{1,7}}$')
                OR NOT regexp_matches({first}, '{_DOUBTFUL}')), false))
        SELECT file_no, sheet_no, row_no, {_ROW_CLASS if contract.dataset != "fund_ledger" else _LEDGER_CLASS}
          AS row_class, mapped, heads,
          array_to_string(list_filter(list_transform(cells, lambda c: tidy(c)), lambda c: c IS NOT NULL), ' ') AS spaced,
          filled FROM doubtful"""
    )


def write_sections(connection: duckdb.DuckDBPyConnection, contract: Contract) -> bool:
    """Table `section` (at_file, at_sheet, at_row, class_id): titles further down that name the class of the rows after them.

    Only where the class has no column of its own. False where no sheet has any.
    """
    if all(column.name != "class_id" for column in contract.columns):
        return False
    labels = "|".join(contract.column("class_id").headers)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE section AS
        SELECT file_no AS at_file, sheet_no AS at_sheet, row_no AS at_row, coalesce(
          nullif(regexp_extract(spaced, '(?:{labels})\\s*[:：]\\s*([^\\s:;|]+)', 1), ''),
          nullif(regexp_extract(upper(spaced), '{_CLASS_TOKEN}', 1), '')) AS class_id
        FROM odd JOIN layout l USING (file_no, sheet_no)
        WHERE row_class = 'note' AND l.col_class_id IS NULL AND NOT regexp_matches(spaced, '^({_SIGNATURES})')"""
    )
    connection.execute("DELETE FROM section WHERE class_id IS NULL")
    return bool(connection.execute("SELECT count(*) FROM section").fetchone()[0])


def refused_sections(connection: duckdb.DuckDBPyConnection) -> dict[int, Refusal]:
    """By file: sheets that repeat their header in another order, or whose wide sheet goes on with another month."""
    moved = connection.execute(
        """SELECT file_no, sheet, min(row_no) FROM odd JOIN layout l USING (file_no, sheet_no)
        WHERE row_class = 'header' AND len(list_filter(range(1, len(mapped) + 1), lambda i: mapped[i] IS NOT NULL
          AND NOT list_contains(list_transform(heads, lambda h: h[i]), mapped[i])
          AND list_contains(flatten(heads), mapped[i]))) > 0
        GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    other = connection.execute(
        f"""WITH stated AS (
          SELECT o.file_no, o.sheet_no, l.sheet, o.row_no,
            regexp_extract(spaced, '([0-9]{{4}})年([0-9]{{1,2}})月', ['y', 'm']) AS said
          FROM odd o JOIN layout l USING (file_no, sheet_no)
          WHERE l.is_wide AND row_class = 'note' AND NOT regexp_matches(spaced, '^({_SIGNATURES})'))
        SELECT s.file_no, s.sheet, s.row_no FROM stated s JOIN spread_column u USING (file_no, sheet_no)
        WHERE said.y <> '' GROUP BY ALL HAVING count(*) FILTER (strftime(try_cast(u.label AS DATE), '%Y-%m')
          = said.y || '-' || lpad(said.m, 2, '0')) = 0 ORDER BY ALL DESC"""
    ).fetchall()
    return {
        file_no: Refusal(rule, sheet=sheet or None, row_no=row_no)
        for rule, found in (("intake.second_month", other), ("intake.header_moved", moved))
        for file_no, sheet, row_no in found
    }
