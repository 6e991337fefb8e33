"""Allocation: rows of its marts as they are, and what would come out with other shares, bounds or money.

What if is computed by the release's own formula (`mart_allocation_formula`), in one statement on its published parts.
Not here: any arithmetic of ours.
"""

from __future__ import annotations

import re
from decimal import Decimal

from dashboards.release import Release, Row

FACTORS = ("base", "task", "performance", "difficulty", "input")


def pots(release: Release) -> list[Row]:
    """Who gives to whom in which year, the newest year first; only pots whose every recipient the reader may see."""
    return release.rows(
        "select allocator_unit, recipient_kind, year, any_value(pot_key) as pot_key, any_value(scheme) as scheme, "
        "any_value(pool_yuan) as pool_yuan, any_value(refusal) as refusal from marts.mart_allocation "
        "where scenario = 'proposal' group by all "
        "having any_value(refusal) is not null or sum(proposed_yuan) = any_value(pool_yuan) "
        "order by recipient_kind, allocator_unit, year desc"
    )


def proposal(release: Release, pot_key: str) -> list[Row]:
    """The proposal of a pot, beside it the decision that stands; the largest amount first."""
    return release.rows(
        "select a.*, d.proposed_yuan as decided_yuan from marts.mart_allocation as a "
        "left join marts.mart_allocation as d on d.allocator_unit = a.allocator_unit and d.recipient_kind = a.recipient_kind "
        "and d.year = a.year and d.recipient_id = a.recipient_id and d.is_standing "
        "where a.pot_key = $1 order by a.proposed_yuan desc, a.recipient_id",
        [pot_key],
    )


def total(release: Release, pot_key: str) -> Row:
    """The sums of a pot's proposal and of its standing decision."""
    return release.rows(
        "select sum(a.base_yuan) as base_yuan, sum(a.task_yuan) as task_yuan, sum(a.performance_yuan) as performance_yuan, "
        "sum(a.difficulty_yuan) as difficulty_yuan, sum(a.input_yuan) as input_yuan, sum(a.adjustment_yuan) as adjustment_yuan, "
        "sum(a.proposed_yuan) as proposed_yuan, sum(a.last_year_yuan) as last_year_yuan, sum(d.proposed_yuan) as decided_yuan "
        "from marts.mart_allocation as a "
        "left join marts.mart_allocation as d on d.allocator_unit = a.allocator_unit and d.recipient_kind = a.recipient_kind "
        "and d.year = a.year and d.recipient_id = a.recipient_id and d.is_standing where a.pot_key = $1",
        [pot_key],
    )[0]


def factors(release: Release, pot_key: str) -> list[Row]:
    """Shares of the pot's factors by kind, in percent, and its bounds (of last year's amount)."""
    return release.rows(
        "select factor, sum(share) as share, any_value(floor_ratio) as floor_ratio, any_value(cap_ratio) as cap_ratio "
        "from (select distinct factor_no, factor, share, floor_ratio, cap_ratio from marts.mart_allocation_part "
        "where pot_key = $1) "
        "group by factor order by list_position(['base', 'task', 'performance', 'difficulty', 'input'], factor)",
        [pot_key],
    )


def what_if(
    release: Release, pot_key: str, weights: dict[str, int], floor: Decimal, cap: Decimal, pool_fen: int
) -> list[Row]:
    """Amounts of a pot with other weights of its factors (brought to 100), bounds (of last year's amount) and money.

    Rows: recipient_name, proposed_yuan, tried_yuan, change_yuan, held_at, is_total; refusal where nothing can be given out.
    """
    whole = sum(weights.values())
    shares = " ".join(f"when '{name}' then {weight}::decimal(9, 4) / {whole}" for name, weight in weights.items())
    given = {
        "int_allocation_pool": f"select $1::varchar as pot_key, {int(pool_fen)}::bigint as pool_fen",
        "int_allocation_input": (
            "select p.* exclude (points, part_yuan) replace ("
            f"round(share / nullif(sum(share) over (partition by factor, recipient_id), 0) * case factor {shares} end * 100, 2)"
            "::decimal(6, 2) as share, "
            f"{floor}::decimal(9, 4) as floor_ratio, {cap}::decimal(9, 4) as cap_ratio) "
            "from marts.mart_allocation_part as p where pot_key = $1"
        ),
    }
    return release.rows(_statement(release, given, TRIED), [pot_key])


TRIED = """
select
    m.recipient_name, m.proposed_yuan, (a.amount_fen * 0.01)::decimal(18, 2) as tried_yuan,
    (a.amount_fen * 0.01)::decimal(18, 2) - m.proposed_yuan as change_yuan, a.held_at, c.refusal, false as is_total
from int_allocation_claim as c
inner join marts.mart_allocation as m using (pot_key, recipient_id)
left join int_allocation_amount as a using (pot_key, recipient_id)
union all
select
    '', any_value(m.whole_yuan), (sum(a.amount_fen) * 0.01)::decimal(18, 2),
    (sum(a.amount_fen) * 0.01)::decimal(18, 2) - any_value(m.whole_yuan), null, null, true
from int_allocation_amount as a
cross join (select sum(proposed_yuan) as whole_yuan from marts.mart_allocation where pot_key = $1) as m
order by is_total, tried_yuan desc, recipient_name
"""


def _statement(release: Release, given: dict[str, str], ask: str) -> str:
    """The steps that the question rests on, put before it; what is given stands for steps of that name."""
    steps = {
        row["step"]: row["statement"]
        for row in release.rows("select * from marts.mart_allocation_formula order by step_no")
    }
    wanted, needed = ask, []
    for name, sql in reversed([*given.items(), *((n, s) for n, s in steps.items() if n not in given)]):
        if re.search(rf"\b{name}\b", wanted):
            needed.append(f"{name} as materialized ({sql}\n)")
            wanted += sql
    return "with " + ",\n".join(reversed(needed)) + ask
