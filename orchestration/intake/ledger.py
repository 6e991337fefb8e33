"""The special-account ledger: line numbers, which side is income, opening balances, the running balance.

Not here: the position of a fund (dbt).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.contract import Contract
from orchestration.intake.duplicates import mark_equal

if TYPE_CHECKING:
    import duckdb

# what a line moves the balance by; an opening line states the balance and moves nothing
_MOVE = "CASE WHEN t.v_purpose = 'opening' THEN 0 ELSE coalesce(t.v_income_yuan, 0) - coalesce(t.v_outlay_yuan, 0) END"


def settle_ledger(
    connection: duckdb.DuckDBPyConnection, contract: Contract, debit_credit: list[int]
) -> tuple[dict[int, list[dict]], dict[int, list[dict]]]:
    """Work on `typed`, `src` and `aside` of the ledger; openings (account, booked_month, opening_yuan) and notices by file.

    `debit_credit` are the files headed 借方/贷方, whose sides are decided by the running balance.
    """
    _openings(connection)
    compared = [c for c in contract.columns if c.name != "line_no"]
    key = ["t.slot_unit", "t.slot_period", "t.v_account", "t.v_booked_on", "t.v_voucher_no", "t.v_balance_yuan"]
    # a line that comes again with its balance is the same line; without a balance it counts on
    mark_equal(connection, contract, key, compared, "t.v_line_no IS NULL AND t.v_balance_yuan IS NOT NULL")
    if debit_credit:
        _sides(connection, debit_credit)
    _line_numbers(connection)
    _balance(connection)
    found: dict[int, list[dict]] = {}
    for file_no, account, month, amount in connection.execute(
        "SELECT file_no, account, month, amount FROM opening WHERE amount IS NOT NULL ORDER BY row_id"
    ).fetchall():
        found.setdefault(file_no, []).append(
            {"account": account, "booked_month": f"{month}-01", "opening_yuan": str(amount)}
        )
    return found, _notices(connection, debit_credit)


def _notices(connection: duckdb.DuckDBPyConnection, debit_credit: list[int]) -> dict[int, list[dict]]:
    """What a planner should know: stated totals of a month that differ from their lines, sides taken on trust."""
    found: dict[int, list[dict]] = {}

    def notice(file_no: int, rule_id: str, zh: str, en: str) -> None:
        found.setdefault(file_no, []).append({"rule_id": rule_id, "sheet": None, "message": {"zh": zh, "en": en}})

    totals = "len(list_filter(filled, lambda c: regexp_full_match(c, '(本月合计|本页合计|小计):?'))) > 0"
    stated = "read_money(number_form(compact(a.t_{0})), greatest(a.ctx_{0}, 1))"
    # the statement costs more to plan than most ledgers to read
    has_totals = connection.execute(f"SELECT 1 FROM aside WHERE {totals} LIMIT 1").fetchone()
    differing = (
        has_totals
        and connection.execute(
            f"""WITH total AS (
          SELECT row_id, file_no, row_no, {stated.format("income_yuan")} AS income, {stated.format("outlay_yuan")} AS outlay,
            coalesce(lag(row_id) OVER (PARTITION BY file_no ORDER BY row_id), 0) AS before
          FROM aside a WHERE {totals})
        SELECT t.file_no, t.row_no FROM total t LEFT JOIN typed l
          ON l.file_no = t.file_no AND l.row_id > t.before AND l.row_id < t.row_id AND l.v_purpose IS DISTINCT FROM 'opening'
        GROUP BY t.file_no, t.row_no, t.income, t.outlay
        HAVING abs(coalesce(t.income - coalesce(sum(l.v_income_yuan), 0), 0)) > 0.01
          OR abs(coalesce(t.outlay - coalesce(sum(l.v_outlay_yuan), 0), 0)) > 0.01 ORDER BY ALL"""
        ).fetchall()
    )
    for file_no, row_no in differing or ():
        notice(
            file_no,
            "intake.total_differs",
            f"第 {row_no} 行的合计与明细之和不符",
            f"the total of row {row_no} differs from its lines",
        )
    with_balance = {
        row[0]
        for row in connection.execute("SELECT DISTINCT file_no FROM typed WHERE v_balance_yuan IS NOT NULL").fetchall()
    }
    for file_no in sorted(set(debit_credit) - with_balance):
        notice(
            file_no,
            "intake.sides_assumed",
            "没有余额列，借方按收入、贷方按支出计",
            "no balance: debit taken as income, credit as outlay",
        )
    return found


def _openings(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `opening`: rows of 期初余额, 上月结转, 上年结转 without a voucher number."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE opening"
        " (row_id BIGINT, file_no INTEGER, account VARCHAR, amount DECIMAL(18,2), month VARCHAR)"
    )
    if not connection.execute("SELECT 1 FROM aside WHERE row_class = 'opening' LIMIT 1").fetchone():
        return
    account = "(SELECT code FROM code_label WHERE list = 'fund_source' AND label = lower(compact(a.t_account)))"
    amount = " , ".join(
        f"read_money(number_form(compact(a.t_{name})), greatest(a.ctx_{name}, 1))"
        for name in ("balance_yuan", "income_yuan")
    )
    connection.execute(
        f"""INSERT INTO opening BY NAME
        SELECT a.row_id, a.file_no, coalesce({account}, n.v_account) AS account, coalesce({amount}) AS amount,
          coalesce(strftime(read_day(compact(a.t_booked_on), false), '%Y-%m'), strftime(n.v_booked_on, '%Y-%m')) AS month
        FROM aside a LEFT JOIN LATERAL (
          SELECT v_account, v_booked_on FROM typed t WHERE t.file_no = a.file_no AND t.row_id > a.row_id
            AND t.v_booked_on IS NOT NULL
            AND ({account} IS NULL OR t.v_account = {account}) ORDER BY t.row_id LIMIT 1) n ON true
        WHERE a.row_class = 'opening'"""
    )


def _runs(connection: duckdb.DuckDBPyConnection, move: str, files: str = "true") -> str:
    """SQL of every balanced line with what the balance should be: per file and account, lines without a balance bridged."""
    return f"""
      WITH line AS (
        SELECT row_id, file_no, v_account AS account, {move} AS moved, v_balance_yuan AS stated, v_purpose FROM typed t
        WHERE duplicate_of IS NULL AND {files}
        UNION ALL SELECT row_id, file_no, account, 0, amount, 'opening' FROM opening WHERE {files}),
      summed AS (
        SELECT *, sum(moved) OVER w AS total, count(stated) OVER w AS block FROM line
        WINDOW w AS (PARTITION BY file_no, account ORDER BY row_id ROWS UNBOUNDED PRECEDING))
      SELECT row_id, file_no, account, stated, v_purpose, total,
        lag(stated - total) OVER (PARTITION BY file_no, account ORDER BY row_id) AS base
      FROM summed WHERE stated IS NOT NULL"""


def _sides(connection: duckdb.DuckDBPyConnection, files: list[int]) -> None:
    """Swap income and outlay of the files where only the other side makes the balance run."""
    listed = f"file_no IN ({', '.join(map(str, files))})"
    fits = "count(*) FILTER (abs(base + total - stated) < 0.02)"
    counts = [
        dict(
            connection.execute(f"SELECT file_no, {fits} FROM ({_runs(connection, move, listed)}) GROUP BY 1").fetchall()
        )
        for move in (_MOVE, f"-({_MOVE})")
    ]
    turned = [file_no for file_no, count in counts[0].items() if counts[1].get(file_no, 0) > count]
    if turned:
        connection.execute(
            f"""UPDATE typed SET v_income_yuan = v_outlay_yuan, v_outlay_yuan = v_income_yuan
            WHERE file_no IN ({", ".join(map(str, turned))})"""
        )


def _line_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """UPDATE typed SET v_line_no = n.line_no FROM (
          SELECT row_id, v_line_no AS given, row_number() OVER (PARTITION BY slot_unit, slot_period, v_account,
            date_trunc('month', v_booked_on), v_voucher_no ORDER BY row_id) AS line_no
          FROM typed WHERE duplicate_of IS NULL) n
        WHERE typed.row_id = n.row_id AND n.given IS NULL"""
    )


def _balance(connection: duckdb.DuckDBPyConnection) -> None:
    """Fault `balance_yuan:balance` on the first line of a file and account that breaks the running balance."""
    # one unit of the last place that the file prints: 0.01 yuan, or 100 yuan where 万元 is printed with two decimals
    places = "length(regexp_extract(number_form(compact(t_balance_yuan)), '[.](\\d+)', 1))"
    connection.execute(
        f"""UPDATE typed SET faults = list_append(faults, 'balance_yuan:balance') WHERE row_id IN (
          SELECT min(row_id) FROM ({_runs(connection, _MOVE)}) JOIN (
            SELECT file_no, min(greatest(ctx_balance_yuan, 1)::DECIMAL(18,4) / power(10, {places})) AS unit
            FROM src WHERE t_balance_yuan IS NOT NULL GROUP BY file_no) p USING (file_no)
          WHERE base IS NOT NULL AND abs(base + total - stated) > greatest(unit, 0.01) + 0.0001 GROUP BY file_no, account)"""
    )
