"""Whatever the order and repetition of deliveries, the same final content leaves the same rows in the lake.

Two hundred drawn histories of answers, rosters, claims and ledgers: replaced, added to, sent again, late, shuffled, split over
files, under another name, held. Each history has a reporting unit of its own, so that one load takes a step of all of them at
once: a load costs seconds, a file in it hundredths. Rules are counted in DuckDB; that Great Expectations counts alike is tested
in tests/unit/expectations.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration import build
from orchestration.intake.load import load
from orchestration.intake.units import unit_names
from orchestration.settings import load_settings
from tests.unit.expectations.counting import CountingEngine
from tests.unit.intake.bureau import csv_text, id_number

HISTORIES = 200
UNITS = sorted(code for code in unit_names() if code.startswith(("5001", "51")))[:HISTORIES]
PERIODS = ("2020Q1", "2020Q2", "202002")
NAMES = ("报表.csv", "报表(1).csv", "最终版.csv", "a.csv", "最终版2.csv")

# key -> the rest of the row: what stands in the end, and what may stand before
Content = dict[str, tuple[int, int]]
CONTENT = st.dictionaries(
    st.sampled_from([f"R{n}" for n in range(6)]), st.tuples(st.integers(1, 5), st.integers(3000, 3003)), min_size=1, max_size=4
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """One dataset: its header, a line in either of two spellings, and how the lake's rows read back as (key, mark, pay)."""

    header: tuple[str, ...]
    plain: str
    other: str
    read_back: str


# {key}, {n} its number, {m} the month, {id} an ID number, {mark}, {pay}; a class belongs to one period, so that no newer one
# takes its rows
FORMS = {
    "followups": Form(
        ("班期编号", "匿名编号", "满意度", "月薪", "回访日期"),
        "YZ2020-000{m}|{key}|{mark}|{pay}|2020-0{m}-15",
        " yz2020-000{m}|{low}|{mark}|{pay}元|2020年{m}月15日",
        "response_no, satisfaction::INTEGER, monthly_pay_yuan::INTEGER, contacted_on",
    ),
    "enrollments": Form(
        ("班期编号", "身份证号", "人员类别", "是否结业", "考核成绩", "收取费用（元）", "报名日期"),
        "YZ2020-{m}00{n}|{id}|农民工|合格|6{mark}|{pay}|2020-0{m}-15",
        "yz2020-{m}00{n} | {id}|农村转移就业劳动者|结业|6{mark}.0|{pay}.00|2020.{m}.15",
        "'R' || right(class_id, 1), exam_score::INTEGER - 60, fee_yuan::INTEGER, enrolled_on",
    ),
    "claims": Form(
        (
            "申领编号",
            "申领主体类型",
            "申领单位代码",
            "补贴种类",
            "申领人数",
            "申领金额",
            "申领日期",
            "资金来源",
            "状态",
            "班期编号",
        ),
        "{key}|机构|52500103MJ00000013|培训补贴|{mark}|{pay}|2020-0{m}-15|专账|待审|YZ2020-0001",
        "{low}|培训机构|52500103mj00000013|职业培训补贴|{mark}|{pay}元|2020/{m}/15|专账资金|已申报|yz2020-0001",
        "upper(claim_id), claimed_headcount, claimed_yuan::INTEGER, claimed_on",
    ),
    "fund_ledger": Form(
        ("凭证号", "行号", "记账日期", "账户", "资金性质", "收入", "支出", "关联申领编号"),
        "{key}|1|2020-0{m}-15|专账|培训补贴支出||{pay}|C{mark}",
        " {key}|1|20200{m}15|专账资金|职业培训补贴支出|-|{pay}.00元|c{mark}",
        "voucher_no, right(claim_id, 1)::INTEGER, outlay_yuan::INTEGER, booked_on",
    ),
}


@dataclass(frozen=True)
class Delivery:
    """One drop of a history: files by name, for one period, replacing or adding."""

    period: str
    files: tuple[tuple[str, str], ...]
    is_added: bool = False


def _line(dataset: str, key: str, rest: tuple[int, int], period: str, is_plain: bool) -> tuple:
    # the same values in two spellings
    number = int(key[1:])
    form = FORMS[dataset].plain if is_plain else FORMS[dataset].other
    text = form.format(
        key=key, low=key.lower(), n=number, m=PERIODS.index(period) + 1, id=id_number(sequence=number + 1), mark=rest[0],
        pay=rest[1],
    )  # fmt: skip
    return tuple(text.split("|"))


@st.composite
def deliveries(draw: st.DrawFn, dataset: str, period: str, content: Content) -> list[Delivery]:
    """One way to deliver a content: in one file or split, shuffled, with rows twice, at once or by adding."""
    lines = [_line(dataset, key, rest, period, draw(st.booleans())) for key, rest in content.items()]
    lines = draw(st.permutations(lines + draw(st.lists(st.sampled_from(lines), max_size=2))))
    cut = draw(st.integers(0, len(lines)))
    parts = [part for part in (lines[:cut], lines[cut:]) if part]
    names = draw(st.permutations(NAMES))
    files = tuple((names[n], csv_text(FORMS[dataset].header, *part)) for n, part in enumerate(parts))
    if len(files) > 1 and draw(st.booleans()):
        return [Delivery(period, files[:1]), Delivery(period, files[1:], True)]
    return [Delivery(period, files)]


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[tuple[str, str], Content], list[Delivery]]:
    """The final content by dataset and period, and deliveries that end in it."""
    slot = st.tuples(st.sampled_from(sorted(FORMS)), st.sampled_from(PERIODS))
    final = draw(st.dictionaries(slot, CONTENT, min_size=1, max_size=2))
    chains = []
    for (dataset, period), content in final.items():
        chain = draw(deliveries(dataset, period, draw(CONTENT))) if draw(st.booleans()) else []
        chain += draw(deliveries(dataset, period, content))
        after = draw(st.sampled_from(("nothing", "nothing", "again", "other name", "held")))
        if after == "again":
            chain.append(chain[-1])
        elif after == "other name":
            # rows that stand already, added under another name: repeats
            lines = [_line(dataset, key, rest, period, True) for key, rest in content.items()]
            chain.append(Delivery(period, (("另存.csv", csv_text(FORMS[dataset].header, *lines)),), True))
        elif after == "held":
            wrong = csv_text(FORMS[dataset].header, _line(dataset, "R9", (1, 3000), period, True))
            chain.append(Delivery(period, (("报表.csv", wrong), ("坏.csv", ""))))
        chains.append(chain)
    order = draw(st.permutations([n for n, chain in enumerate(chains) for _ in chain]))
    left = [iter(chain) for chain in chains]
    return final, [next(left[n]) for n in order]


def standing(home) -> dict[str, list[tuple]]:
    """Rows of the lake as a build sees them, by unit."""
    database = build.prepare(home)
    columns = "slot_unit, dataset, slot_period, key, mark, pay, day"
    queries = {
        name: f"SELECT slot_unit, '{name}', slot_period, {form.read_back} FROM lake.{name}"
        for name, form in FORMS.items()
    }
    query = " UNION ALL ".join(f"SELECT {columns}::VARCHAR FROM ({own}) t({columns})" for own in queries.values())
    with duckdb.connect(str(database)) as connection:
        rows = connection.execute(f"{query} ORDER BY ALL").fetchall()
    found = defaultdict(list)
    for unit, *row in rows:
        found[unit].append(tuple(row))
    return found


def expected(final: dict[tuple[str, str], Content]) -> list[tuple]:
    """The rows that a final content leaves."""
    return sorted(
        (dataset, period, key, mark, pay, f"2020-0{PERIODS.index(period) + 1}-15")
        for (dataset, period), content in final.items()
        for key, (mark, pay) in content.items()
    )


def drawn_histories() -> list[tuple[dict[tuple[str, str], Content], list[Delivery]]]:
    """Two hundred histories, no two alike, the same in every run."""
    found = {}

    @settings(
        # the simplest are drawn more than once
        max_examples=HISTORIES * 3 // 2,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(history=histories())
    def collect(history: tuple) -> None:
        found[str(history)] = history

    collect()
    return list(found.values())[:HISTORIES]


def test_the_same_final_content_leaves_the_same_rows() -> None:
    engine, drawn = CountingEngine(), drawn_histories()
    assert len(drawn) == len(UNITS) == HISTORIES
    with TemporaryDirectory() as name:
        root = Path(name)
        home = load_settings(root / "home")
        left = {unit: list(chain) for unit, (_, chain) in zip(UNITS, drawn, strict=True)}
        for number, is_added in enumerate(_turns(drawn)):
            drop = root / str(number)
            for unit, chain in left.items():
                if chain and chain[0].is_added == is_added:
                    _write(drop / unit / chain[0].period, chain.pop(0))
            load(home, [drop], add=is_added, engine=engine)
        assert not any(left.values())
        found = standing(home)
        for unit, (final, chain) in zip(UNITS, drawn, strict=True):
            assert found[unit] == expected(final), chain


def _turns(drawn: list) -> list[bool]:
    """Whether each load replaces or adds: always what most histories wait for."""
    left, turns = [[one.is_added for one in chain] for _, chain in drawn], []
    while waiting := [chain[0] for chain in left if chain]:
        turns.append(sum(waiting) * 2 > len(waiting))
        left = [chain[1:] if chain and chain[0] == turns[-1] else chain for chain in left]
    return turns


def _write(place: Path, delivery: Delivery) -> None:
    place.mkdir(parents=True)
    for name, text in delivery.files:
        (place / name).write_text(text, encoding=random.Random(name).choice(("utf-8", "utf-8-sig", "gb18030")))
