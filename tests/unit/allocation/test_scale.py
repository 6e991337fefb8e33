"""Forty districts with four hundred institutions each, four factors, floors and caps: seconds, not minutes."""

from __future__ import annotations

import time

import duckdb

from orchestration.allocation.formula import formula, statement

INPUT = """
SELECT 'p' || p AS pot_key, 's' AS scheme, 'proposal' AS scenario, 'u' || p AS allocator_unit, 'institution' AS recipient_kind,
    'r' || r AS recipient_id, 'u' || p AS reporting_unit, 2022 AS year, f AS factor_no,
    ['base', 'task', 'performance', 'difficulty'][f] AS factor, 'x' AS label_zh, 'x' AS label_en,
    [40, 25, 25, 10][f]::DECIMAL(6,2) AS share, 'review_score' AS measure, NULL::VARCHAR AS times, 'c' AS clause,
    (hash(p * 100000 + r * 10 + f) % 1000)::DECIMAL(18,2) AS times_value,
    (hash(p * 77 + r * 3 + f) % 100)::DECIMAL(24,6) AS measure_value, false AS is_missing, 0::DECIMAL(24,6) AS least_value,
    100::DECIMAL(24,6) AS most_value, (hash(p * 5 + r) % 100000000)::BIGINT AS last_year_fen, NULL::BIGINT AS locked_fen,
    false AS is_suspended, NULL::BIGINT AS floor_fen, 0.7::DECIMAL(9,4) AS floor_ratio, NULL::DECIMAL(9,4) AS floor_share,
    NULL::BIGINT AS cap_fen, 1.5::DECIMAL(9,4) AS cap_ratio, NULL::DECIMAL(9,4) AS cap_share
FROM range(40) AS a(p), range(400) AS b(r), range(1, 5) AS d(f)
"""
POOL = "SELECT 'p' || p AS pot_key, 30000000000::BIGINT AS pool_fen FROM range(40) AS a(p)"
ASK = """
SELECT count(*), sum(amount_fen), (SELECT sum(part_yuan) FROM mart_allocation_part), (SELECT count(*) FROM int_allocation_lever)
FROM int_allocation_amount
"""


def test_a_municipality_is_allocated_in_under_ten_seconds_of_cpu():
    connection, started = duckdb.connect(), time.process_time()
    given = {"int_allocation_input": INPUT, "int_allocation_pool": POOL}
    count, fen, parts, levers = connection.execute(statement(formula(), given, ASK)).fetchone()
    assert time.process_time() - started < 10
    assert (count, fen, parts, levers) == (16_000, 40 * 30_000_000_000, 40 * 300_000_000, 16_000)
