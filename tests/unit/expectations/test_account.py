"""Whatever the faults, repeats and refusals: every row of a candidate ends in one bucket, and so does every fen."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.contract import contracts
from expectations.gate import Gate
from expectations.model import Rule, Suite, suites
from tests.unit.expectations.candidates import write_candidate
from tests.unit.expectations.conftest import CLAIM
from tests.unit.expectations.counting import CountingEngine

MESSAGE = {"zh": "甲有误：必须乙；请核对丙。", "en": "A is wrong: you must b; check c."}
REFUSING = Rule("claims.refusing", "claims", "refuse", "structure", MESSAGE, where="claim_id = 'REFUSE'")
SUITE = Suite("claims", (*suites()["claims"].rules, REFUSING))


@st.composite
def candidates(draw) -> list[dict[str, Any]]:
    """Rows of up to four files; a repeat points at an earlier row that is kept."""
    rows: list[dict[str, Any]] = []
    files = sorted(draw(st.lists(st.integers(0, 3), max_size=12)))
    for number, file_no in enumerate(files):
        kept = [n for n, row in enumerate(rows) if row["duplicate_of"] is None]
        of = draw(st.sampled_from([None, *kept]))
        first = rows[of] if of is not None else None
        rows.append(
            {
                **CLAIM,
                "row_id": number,
                "file_no": file_no,
                "file_name": f"{file_no}.csv",
                "claim_id": first["claim_id"] if first else draw(st.sampled_from([f"A{number}", "REFUSE", None])),
                "amount_fen": first["amount_fen"] if first else draw(st.integers(-500, 10**12)),
                "faults": draw(
                    st.sampled_from([[], ["paid_yuan:unreadable"], ["advance_on:no_year"], ["*:key_conflict"]])
                ),
                "duplicate_of": of,
            }
        )
    return rows


@settings(max_examples=15, deadline=None)
@given(candidates())
def test_rows_and_fen_add_up(rows: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        workdir, contract = Path(name), contracts()["claims"]
        candidate = _write(workdir / "claims.parquet", contract, rows)
        verdict = Gate(CountingEngine(), memory_limit="500MB").judge(contract, candidate, workdir, suite=SUITE)
        assert verdict.is_judged, verdict.problems
        for file_no in {row["file_no"] for row in rows}:
            mine, file = [row for row in rows if row["file_no"] == file_no], verdict.files[file_no]
            assert sum(file.rows.values()) == len(mine)
            assert sum(file.fen.values()) == sum(row["amount_fen"] for row in mine)
        with duckdb.connect() as connection:
            query = f"SELECT file_no, row_id FROM read_parquet('{verdict.accepted}')"
            accepted = connection.execute(query).fetchall()
            aside = connection.execute(f"SELECT DISTINCT row_id FROM read_parquet('{verdict.quarantine}')").fetchall()
        refused = {f.file_no for f in verdict.files.values() if f.is_refused}
        assert len(accepted) == sum(f.rows["accepted"] for f in verdict.files.values())
        assert not {file_no for file_no, _ in accepted} & refused
        assert not {row_id for _, row_id in accepted} & {row_id for (row_id,) in aside}
        assert _contents(rows, accepted, aside, refused)


def _contents(rows: list[dict[str, Any]], accepted: list, aside: list, refused: set[int]) -> bool:
    """Of rows that repeat one another, exactly one is accepted or set aside while any stands in a file that is not refused."""
    told = [row_id for _, row_id in accepted] + [row_id for (row_id,) in aside]
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["row_id"] if row["duplicate_of"] is None else row["duplicate_of"], []).append(row)
    return all(
        sum(row["row_id"] in told for row in group) == int(any(row["file_no"] not in refused for row in group))
        for group in groups.values()
    )


def _write(path: Path, contract, rows: list[dict[str, Any]]) -> Path:
    if rows:
        return write_candidate(path, contract, rows)
    write_candidate(path, contract, [CLAIM])
    empty = path.with_name("empty.parquet")
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM read_parquet('{path}') LIMIT 0) TO '{empty}' (FORMAT parquet)")
    return empty
