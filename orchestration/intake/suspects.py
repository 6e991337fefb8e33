"""Amounts that look ten thousand times off: a warning, never a conversion (interface, "Values").

Not here: bad amounts (values.sql) and what policy says of an amount (dbt).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.contract import Contract

if TYPE_CHECKING:
    import duckdb

# what an amount should be near, per dataset; 1 stands for: a standard per person is no fraction of a yuan
_EXPECTED = {
    "claims": {
        "claimed_yuan": "v_standard_yuan * v_claimed_headcount",
        "approved_yuan": "v_claimed_yuan",
        "advance_yuan": "v_claimed_yuan",
        "paid_yuan": "v_claimed_yuan",
    },
    "enterprises": {"payroll_yuan": "v_staff_count * 60000"},
    "classes": {"standard_yuan": "1000"},
    "projects": {"standard_yuan": "1000"},
}


def mark_suspects(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Add `<column>:unit_suspect` to `typed` where an amount is off by 万: between 2,000 and 50,000 times, either way."""
    for name, expected in _EXPECTED.get(contract.dataset, {}).items():
        ratio = f"abs(v_{name}::DOUBLE / nullif(({expected})::DOUBLE, 0))"
        connection.execute(
            f"""UPDATE typed SET faults = list_append(faults, '{name}:unit_suspect')
            WHERE v_{name} <> 0 AND ({ratio} BETWEEN 2000 AND 50000 OR {ratio} BETWEEN 0.00002 AND 0.0005)"""
        )
