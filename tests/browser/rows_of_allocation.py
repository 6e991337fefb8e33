"""Synthetic rows of the marts of allocation: three institutions share a million yuan, by the formula itself.

Not here: the formula's own tests (`tests/unit/allocation`).
"""

from __future__ import annotations

from functools import cache

from orchestration.allocation.formula import formula
from orchestration.allocation.given import COLUMNS
from tests.browser.rows_of_facts import INSTITUTIONS, UNIT
from tests.unit.allocation.kernel import ask, row

POT, POOL = f"{UNIT}|institution|2022|proposal", 100_000_000
PART = """pot_key varchar, allocator_unit varchar, recipient_kind varchar, recipient_id varchar, reporting_unit varchar,
    year integer, scenario varchar, scheme varchar, factor_no integer, factor varchar, label_zh varchar, label_en varchar,
    share decimal(6,2), measure varchar, measure_value decimal(24,6), times varchar, times_value decimal(18,2),
    is_missing boolean, part_yuan decimal(18,2), points decimal(38,0), clause varchar, last_year_fen bigint,
    locked_fen bigint, is_suspended boolean, floor_fen bigint, floor_ratio decimal(9,4), floor_share decimal(9,4),
    cap_fen bigint, cap_ratio decimal(9,4), cap_share decimal(9,4)"""
TABLES = {
    "mart_allocation": ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items()),
    "mart_allocation_part": PART,
    "mart_allocation_formula": "step_no integer, step varchar, statement varchar",
}
POT_OF = {"pot_key": POT, "allocator_unit": UNIT, "reporting_unit": UNIT, "recipient_kind": "institution", "year": 2022,
          "scenario": "proposal", "scheme": "chongqing_example"}  # fmt: skip
SAID = {"pool_yuan": "1000000.00", "pool_source": "quota", "task_yuan": 0, "difficulty_yuan": 0, "input_yuan": 0,
        "is_decided": False, "is_standing": False, "reason": "建议数的理由。", "reason_en": "The reason.", "grade_zh": "良",
        "grade_en": "good"}  # fmt: skip
AMOUNTS = """
SELECT a.recipient_id, (floor_fen * 0.01)::DECIMAL(18,2), (cap_fen * 0.01)::DECIMAL(18,2), (plain_fen * 0.01)::DECIMAL(18,2),
    ((amount_fen - plain_fen) * 0.01)::DECIMAL(18,2), (amount_fen * 0.01)::DECIMAL(18,2), held_at,
    base_yuan, performance_yuan, last_year_yuan
FROM int_allocation_amount AS a
JOIN (
    SELECT recipient_id, sum(part_yuan) FILTER (factor = 'base') AS base_yuan,
        sum(part_yuan) FILTER (factor = 'performance') AS performance_yuan,
        any_value(last_year_fen * 0.01)::DECIMAL(18,2) AS last_year_yuan
    FROM mart_allocation_part GROUP BY 1
) AS p USING (recipient_id)
"""
ASKED = """recipient_id floor_yuan cap_yuan computed_yuan adjustment_yuan proposed_yuan held_at base_yuan performance_yuan
    last_year_yuan""".split()


@cache
def _inputs() -> tuple:
    found = []
    for code, size, score in zip(INSTITUTIONS, (50, 30, 20), (90, 80, 40), strict=True):
        own = {"clause": "CQ2021-8i", "is_missing": False, "times": "plan_person_times", "times_value": size}
        own |= POT_OF | {"last_year_fen": size * 900_000, "floor_ratio": "0.7", "cap_ratio": "1.5"}
        base = {"factor": "base", "measure": "equal", "label_zh": "基数", "label_en": "base", "share": 60}
        result = {
            "factor_no": 2,
            "label_zh": "绩效因素",
            "label_en": "performance",
            "share": 40,
            "measure_value": score,
        }
        found += [row(POT, code, **base | {k: v for k, v in own.items() if k != "pot_key"})]
        found += [row(POT, code, **result | {k: v for k, v in own.items() if k != "pot_key"})]
    return tuple(found)


def parts() -> list[tuple]:
    """Rows of mart_allocation_part."""
    return ask(list(_inputs()), {POT: POOL}, "SELECT * FROM mart_allocation_part")


def amounts() -> list[tuple]:
    """Rows of mart_allocation: the proposal."""
    made = []
    for found in ask(list(_inputs()), {POT: POOL}, AMOUNTS):
        one = dict(zip(ASKED, found, strict=True)) | POT_OF | SAID
        one |= {"recipient_name": INSTITUTIONS[one["recipient_id"]], "institution_id": one["recipient_id"]}
        made.append(tuple(one.get(name) for name in COLUMNS))
    return made


ROWS = {
    "mart_allocation": amounts,
    "mart_allocation_part": parts,
    "mart_allocation_formula": lambda: [(number, *step) for number, step in enumerate(formula(), start=1)],
}
