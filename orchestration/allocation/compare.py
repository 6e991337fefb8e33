"""What a proposal does when a share changes, and moving unspent money between districts (调剂): the formula asked otherwise.

Not here: proposing (`allocation/propose.py`), the formula (dbt models).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from orchestration.allocation.formula import statement
from orchestration.allocation.propose import AllocationError, Request, given_tables, prepared
from orchestration.allocation.scenario import sensitivity, variants
from orchestration.errors import UsageError
from orchestration.query import connect, literal, records
from orchestration.scheme.read import Scheme
from orchestration.settings import Settings

# districts that a message names
MOST_NAMED = 5

MOVED = """
SELECT scenario, sum(greatest(change_yuan, 0))::DECIMAL(18,2) AS moved_yuan,
    {'recipient_name': arg_max(recipient_name, change_yuan), 'change_yuan': max(change_yuan)} AS most_gain,
    {'recipient_name': arg_min(recipient_name, change_yuan), 'change_yuan': min(change_yuan)} AS most_loss
FROM (
    SELECT t.scenario, t.recipient_name, t.proposed_yuan - b.proposed_yuan AS change_yuan
    FROM int_allocation_told AS t
    JOIN (SELECT recipient_id, proposed_yuan FROM int_allocation_told WHERE scenario = {base}) AS b USING (recipient_id)
    WHERE t.scenario <> {base} AND t.refusal IS NULL
)
GROUP BY scenario
ORDER BY scenario
"""


def moved(settings: Settings, request: Request, release: str | None = None) -> list[dict[str, Any]]:
    """Each factor's share up and down by a fifth of itself: money moved and who gains and loses most, of the first scenario."""
    connection = connect(settings, release)
    try:
        request, pot, scheme, steps = prepared(connection, request)
        base = request.scenarios[0]
        asked = replace(request, scenarios=(base, *sensitivity(base, scheme)))
        given = given_tables(
            steps, asked, pot, scheme, pot["pool_fen"] if request.pool_fen is None else request.pool_fen
        )
        found = records(connection, statement(steps, given, MOVED.replace("{base}", literal(base.name))))
    finally:
        connection.close()
    shares = {s.name: s.shares for s in asked.scenarios}
    for line in found:
        line["factor"], _, line["direction"] = line["scenario"].partition(":")
        line["share"] = f"{shares[line['scenario']][line['factor']]:.2f}"
    return found


UNSPENT = """
SELECT *, execution_ratio < {line} AS is_giver,
    CASE WHEN execution_ratio < {line} THEN floor(greatest(unspent_yuan, 0) * 100 * {part}) ELSE 0 END::BIGINT AS taken_fen
FROM (
    SELECT m.recipient_id, coalesce(u.unit_name, m.recipient_id) AS recipient_name, i.value AS execution_ratio,
        coalesce(max(m.value) FILTER (m.measure = 'unspent_yuan'), 0)::DECIMAL(18,2) AS unspent_yuan
    FROM marts.mart_allocation_measure AS m
    LEFT JOIN marts.dim_unit AS u ON u.reporting_unit = m.recipient_id
    LEFT JOIN marts.mart_indicator AS i
        ON i.indicator_code = 'execution_rate' AND i.reporting_unit = m.recipient_id AND i.dimension = 'all'
        AND i.period = (m.year - 1)::VARCHAR
    WHERE m.allocator_unit = ? AND m.recipient_kind = 'district' AND m.year = ?
    GROUP BY ALL
)
ORDER BY recipient_id
"""


def adjust(
    settings: Settings,
    request: Request,
    line: float | None = None,
    part: float | None = None,
    release: str | None = None,
) -> dict[str, Any]:
    """What districts with an execution rate below `line` give (a part of what is unspent), and who gets it by the scheme.

    Line and part are those of the scheme's `adjustment` unless given.

    {allocator_unit, year, line, part, rows: [{recipient_id, recipient_name, execution_ratio, unspent_yuan, moved_yuan, reason}]};
    moved_yuan adds up to zero exactly. A district without an execution rate neither gives nor gets. AllocationError, UsageError.
    """
    connection = connect(settings, release)
    try:
        request, pot, scheme, steps = prepared(connection, request)
        line, part = _rule(scheme, line, part)
        sql = UNSPENT.format(line=f"{line:.4f}", part=f"{part:.4f}")
        rows = records(connection, sql, [pot["allocator_unit"], request.year])
        pool = sum(row["taken_fen"] for row in rows)
        getters = [row["recipient_id"] for row in rows if row["is_giver"] is False]
        if not pool or not getters:
            raise _nothing(rows, line, bool(getters))
        given = given_tables(steps, request, pot, scheme, pool)
        listed = ", ".join(map(literal, getters))
        unbound = ", ".join(
            f"NULL AS {bound}_{kind}" for bound in ("floor", "cap") for kind in ("fen", "ratio", "share")
        )
        given["int_allocation_input"] = (
            f"SELECT * REPLACE (is_suspended OR recipient_id NOT IN ({listed}) AS is_suspended, {unbound})"
            f" FROM ({dict(steps)['int_allocation_input']})"
        )
        ask = "SELECT a.recipient_id, a.amount_fen FROM int_allocation_amount AS a"
        got = {row["recipient_id"]: row["amount_fen"] for row in records(connection, statement(steps, given, ask))}
    finally:
        connection.close()
    if sum(got.values()) != pool:
        raise AllocationError(
            "按方案无人可调入：请检查方案因素。", "by the scheme nobody can get the money: check its factors."
        )
    for row in rows:
        fen = got.get(row["recipient_id"], 0) - row["taken_fen"]
        row["moved_yuan"] = f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"
        row["reason"], row["reason_en"] = _reason(row, line, part)
    return {
        "allocator_unit": pot["allocator_unit"], "year": request.year - 1, "line": line, "part": part,
        "scheme": variants(scheme, request.scenarios)[0].name.partition("/")[0], "rows": rows,
    }  # fmt: skip


def _nothing(rows: Sequence[dict[str, Any]], line: float, has_getters: bool) -> AllocationError:
    """Why nothing can be moved, with what each district stands at."""
    known = [row for row in rows if row["execution_ratio"] is not None]
    stand = "；".join(
        f"{row['recipient_name']} 执行率 {row['execution_ratio']:.1%}、结余 {row['unspent_yuan']} 元"
        for row in known[:MOST_NAMED]
    )
    if not known:
        zh, en = "各区县都没有执行率", "no district has an execution rate"
    elif not has_getters:
        zh, en = f"执行率都低于 {line:.0%}，没有可调入的区县", f"all districts are below {line:.0%}, so none can get it"
    elif all(row["execution_ratio"] >= line for row in known):
        zh, en = f"没有执行率低于 {line:.0%} 的区县", f"no district is below {line:.0%}"
    else:
        zh, en = f"执行率低于 {line:.0%} 的区县都没有结余", f"no district below {line:.0%} has money unspent"
    return AllocationError(
        f"没有可调剂的资金：{zh}（{stand or '无'}）。可用 --line 另定执行率线。",
        f"nothing to move: {en}. Another line can be given with --line.",
    )


def _rule(scheme: Scheme, line: float | None, part: float | None) -> tuple[float, float]:
    own = scheme.content["allocation"].get("adjustment", {})
    line, part = own.get("below") if line is None else line, own.get("part") if part is None else part
    if line is None or part is None:
        raise UsageError(
            f"方案 {scheme.name} 没有调剂规则（allocation.adjustment）：请用 --line 和 --part 给出。",
            f"the scheme {scheme.name} has no rule of adjustment: give --line and --part.",
        )
    if not (0 < line <= 1 and 0 < part <= 1):
        raise UsageError("--line 和 --part 应大于 0、不超过 1。", "--line and --part lie above 0 and up to 1.")
    return line, part


def _reason(row: dict[str, Any], line: float, part: float) -> tuple[str, str]:
    if row["execution_ratio"] is None:
        return "无执行率，不调剂", "no execution rate, left alone"
    if row["is_giver"]:
        return f"执行率低于{line:.0%}，调出结余的{part:.0%}", f"below {line:.0%}: gives {part:.0%} of what is unspent"
    return "按方案份额调入", "gets its share by the scheme"
