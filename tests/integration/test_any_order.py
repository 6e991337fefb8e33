"""Whatever the order and repetition of deliveries, the same final content leaves the same rows in the lake.

Two hundred drawn histories: replaced, added to, sent again, late, shuffled, split over files, under another name, held. Each
history has a reporting unit of its own, so that one load takes a step of forty histories at once.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.engine import Engine
from orchestration import build
from orchestration.intake.load import load
from orchestration.intake.units import unit_names
from orchestration.settings import load_settings
from tests.unit.intake.bureau import csv_text

UNITS = sorted(code for code in unit_names() if code.startswith(("5001", "5002")))[:40]
EXAMPLES = 200 // len(UNITS)
PERIODS = ("2020Q1", "2020Q2", "202002")
NAMES = ("回访.csv", "回访(1).csv", "最终版.csv", "a.csv", "最终版2.csv")
HEADER = ("班期编号", "匿名编号", "满意度", "月薪", "回访日期")

# key -> the rest of the row: what stands in the end, and what may stand before
Content = dict[str, tuple[int, int]]
CONTENT = st.dictionaries(
    st.sampled_from([f"R{n}" for n in range(6)]), st.tuples(st.integers(1, 5), st.integers(3000, 3003)), min_size=1, max_size=4
)  # fmt: skip


@dataclass(frozen=True)
class Delivery:
    """One drop of a history: files by name, for one period, replacing or adding."""

    period: str
    files: tuple[tuple[str, str], ...]
    is_added: bool = False


def _line(key: str, rest: tuple[int, int], period: str, is_plain: bool) -> tuple:
    # the same values in two spellings; a class belongs to one period, so that no newer period takes its rows
    month = PERIODS.index(period) + 1
    if is_plain:
        return (f"YZ2020-{month:04d}", key, rest[0], rest[1], f"2020-0{month}-15")
    return (f" yz2020-{month:04d}", key.lower(), f"{rest[0]}.0" if rest[0] > 9 else rest[0], f"{rest[1]:,}元".replace(",", ""),
            f"2020年{month}月15日")  # fmt: skip


@st.composite
def deliveries(draw: st.DrawFn, period: str, content: Content, is_whole: bool = True) -> list[Delivery]:
    """One way to deliver a content: in one file or split, shuffled, with rows twice, at once or by adding."""
    lines = [_line(key, rest, period, draw(st.booleans())) for key, rest in content.items()]
    lines = draw(st.permutations(lines + draw(st.lists(st.sampled_from(lines), max_size=2))))
    cut = draw(st.integers(0, len(lines)))
    parts = [part for part in (lines[:cut], lines[cut:]) if part]
    names = draw(st.permutations(NAMES))
    files = tuple((names[n], csv_text(HEADER, *part)) for n, part in enumerate(parts))
    if len(files) > 1 and draw(st.booleans()):
        return [Delivery(period, files[:1]), Delivery(period, files[1:], True)]
    return [Delivery(period, files)]


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[str, Content], list[Delivery]]:
    """The final content by period, and deliveries that end in it."""
    final = draw(st.dictionaries(st.sampled_from(PERIODS), CONTENT, min_size=1, max_size=2))
    chains = []
    for period, content in final.items():
        chain = draw(deliveries(period, draw(CONTENT))) if draw(st.booleans()) else []
        chain += draw(deliveries(period, content))
        after = draw(st.sampled_from(("nothing", "nothing", "again", "other name", "held")))
        if after == "again":
            chain.append(chain[-1])
        elif after == "other name":
            # rows that stand already, added under another name: repeats
            lines = [_line(key, rest, period, True) for key, rest in content.items()]
            chain.append(Delivery(period, (("另存.csv", csv_text(HEADER, *lines)),), True))
        elif after == "held":
            wrong = csv_text(HEADER, _line("R9", (1, 3000), period, True))
            chain.append(Delivery(period, (("回访.csv", wrong), ("坏.csv", ""))))
        chains.append(chain)
    order = draw(st.permutations([n for n, chain in enumerate(chains) for _ in chain]))
    left = [iter(chain) for chain in chains]
    return final, [next(left[n]) for n in order]


def standing(home) -> dict[str, list[tuple]]:
    """Rows of the lake as a build sees them, by unit."""
    database = build.prepare(home)
    with duckdb.connect(str(database)) as connection:
        rows = connection.execute(
            """SELECT slot_unit, slot_period, class_id, response_no, satisfaction, monthly_pay_yuan::INTEGER,
            contacted_on::VARCHAR
            FROM lake.followups ORDER BY ALL"""
        ).fetchall()
    found = defaultdict(list)
    for unit, *row in rows:
        found[unit].append(tuple(row))
    return found


def expected(final: dict[str, Content]) -> list[tuple]:
    """The rows that a final content leaves."""
    rows = []
    for period, content in final.items():
        month = PERIODS.index(period) + 1
        rows += [
            (period, f"YZ2020-{month:04d}", key, str(mark), pay, f"2020-0{month}-15")
            for key, (mark, pay) in content.items()
        ]
    return sorted(rows)


@pytest.fixture(scope="module")
def engine():
    with Engine() as running:
        yield running


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(drawn=st.lists(histories(), min_size=len(UNITS), max_size=len(UNITS)))
def test_the_same_final_content_leaves_the_same_rows(engine: Engine, drawn: list) -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        home = load_settings(root / "home")
        for step in range(max(len(chain) for _, chain in drawn)):
            for is_added in (False, True):
                drop = root / f"{step}{is_added}"
                for unit, (_, chain) in zip(UNITS, drawn, strict=True):
                    if step < len(chain) and chain[step].is_added == is_added:
                        _write(drop / unit / chain[step].period, chain[step])
                if drop.exists():
                    load(home, [drop], add=is_added, engine=engine)
        found = standing(home)
        for unit, (final, chain) in zip(UNITS, drawn, strict=True):
            assert found[unit] == expected(final), chain


def _write(place: Path, delivery: Delivery) -> None:
    place.mkdir(parents=True)
    for name, text in delivery.files:
        (place / name).write_text(text, encoding=random.Random(name).choice(("utf-8", "utf-8-sig", "gb18030")))
