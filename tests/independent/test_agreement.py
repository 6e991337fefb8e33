"""dbt and a second computation agree on 200 drawn data sets: what is found, and what is due, to the fen.

The second computation (`reckoning`) is plain Python written from the rulebook; it shares no code with the models. Some 67 data
sets stand in one home; each is reckoned on its own. A difference names its data set; `data_set(number, data_date)` draws it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest

from tests.independent import agreement, reckoning, sums
from tests.independent.data_sets import NUMBERS, data_sets, packs, store
from tests.independent.due import document_no
from tests.independent.facts import Finding
from tests.independent.world import World
from tests.spec.marts.home import Home

# data sets of a home and the day its figures speak of; classes and claims lie on both sides of the last two
HOMES = {
    "long after": (range(0, 67), date(2022, 6, 30)), "end of a year": (range(67, 134), date(2021, 12, 31)),
    "within a year": (range(134, 200), date(2021, 8, 31)),
}  # fmt: skip


@dataclass
class Outcome:
    """Both sides of one home: findings by data set ('' for those of a unit), sums due, documents, jurisdictions."""

    found: dict[str, Counter[Finding]]
    found_by_dbt: dict[str, Counter[Finding]]
    due: dict[tuple[str, str, str], int]
    due_by_dbt: dict[tuple[str, str, str], int]
    documents: dict[str, str | None]
    documents_by_dbt: dict[str, str]
    jurisdictions_by_dbt: set[tuple[str, str, str]]
    money: sums.Money
    money_by_dbt: sums.Money
    limits: sums.Limits
    limits_by_dbt: sums.Limits


@cache
def outcome(name: str) -> Outcome:
    """A home drawn, stored, built by dbt's models and reckoned a second time; once per test session."""
    import tempfile
    from pathlib import Path

    numbers, data_date = HOMES[name]
    draws = data_sets(numbers, data_date)
    with tempfile.TemporaryDirectory(prefix="skillhouse-independent-") as folder:
        home = Home(Path(folder), preview="510000")
        store(home, draws)
        connection = home.build(data_date=data_date.isoformat(), policy=True, packs=packs())
        found_by_dbt, due_by_dbt = agreement.found_by_dbt(connection), agreement.due_by_dbt(connection)
        documents, jurisdictions = agreement.documents_by_dbt(connection), agreement.jurisdictions_by_dbt(connection)
        scores = agreement.scores_by_dbt(connection)
        money, limits = agreement.money_by_dbt(connection), agreement.limits_by_dbt(connection)
        connection.close()
    everything = {dataset for draw in draws for dataset in draw.rows}
    together = World(
        {each: [row for draw in draws for row in draw.rows[each]] for each in everything}, data_date, NUMBERS
    )
    together.scores = scores
    together.units = {row["slot_unit"] for rows in together.rows.values() for row in rows}
    together.units |= {row["district_code"] for row in together.known.values()}
    found, due, own_money, own_limits = {"": reckoning.reckon_units(together)}, {}, {}, {}
    for draw in draws:
        world = World(draw.rows, data_date, NUMBERS, together.catalogue)
        found[draw.name], own = reckoning.reckon(world)
        due |= own
        own_money |= sums.money(world)
        own_limits |= sums.limit_use(world)
    owed = {klass["class_id"]: document_no(klass) for klass in together.classes.values()}
    sides = (found, found_by_dbt, due, due_by_dbt, owed, documents, jurisdictions)
    return Outcome(*sides, own_money, money, own_limits, limits)


@pytest.mark.parametrize("name", HOMES)
def test_findings_agree(name: str) -> None:
    both = outcome(name)
    differences = []
    for data_set in sorted(both.found.keys() | both.found_by_dbt.keys()):
        mine, theirs = both.found.get(data_set, Counter()), both.found_by_dbt.get(data_set, Counter())
        differences += [f"dbt misses {each} x {times}" for each, times in (mine - theirs).items()]
        differences += [f"dbt alone finds {each} x {times}" for each, times in (theirs - mine).items()]
    assert not differences, "\n".join(differences[:20])


@pytest.mark.parametrize("name", HOMES)
def test_sums_due_agree(name: str) -> None:
    both = outcome(name)
    keys = sorted(both.due.keys() | both.due_by_dbt.keys())
    pairs = {key: (both.due.get(key, 0), both.due_by_dbt.get(key, 0)) for key in keys}
    assert len(pairs) > 100
    assert not {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("name", HOMES)
def test_sums_claimed_approved_and_paid_agree(name: str) -> None:
    both = outcome(name)
    pairs = {key: (both.money.get(key), both.money_by_dbt.get(key)) for key in both.money.keys() | both.money_by_dbt.keys()}
    assert len(pairs) > 100
    assert not {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("name", HOMES)
def test_limits_used_agree(name: str) -> None:
    both = outcome(name)
    keys = both.limits.keys() | both.limits_by_dbt.keys()
    assert {key[0] for key in keys} == {"trainings_per_person_year", "trainings_lifetime", "ojt_months_max"}
    pairs = {key: (both.limits.get(key), both.limits_by_dbt.get(key)) for key in keys}
    assert not {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("name", HOMES)
def test_documents_agree(name: str) -> None:
    both = outcome(name)
    assert both.documents_by_dbt
    assert both.documents_by_dbt == {class_id: both.documents[class_id] for class_id in both.documents_by_dbt}


@pytest.mark.parametrize("name", HOMES)
def test_jurisdictions_agree(name: str) -> None:
    both = outcome(name)
    mine = {(each.rule, each.severity, each.jurisdiction) for found in both.found.values() for each in found}
    assert both.jurisdictions_by_dbt == mine


def test_every_test_of_the_packs_is_reckoned() -> None:
    of_packs = {(row["test"], row["rule_id"]) for pack in packs() for row in pack.tables["rule"] if row["test"]}
    assert reckoning.covered() == of_packs


def test_every_rule_is_found_in_several_data_sets_and_not_in_all() -> None:
    sets: Counter[tuple[str, str]] = Counter()
    for name in HOMES:
        for found in outcome(name).found.values():
            sets.update({(each.test, each.rule) for each in found})
    assert sets.keys() == reckoning.covered()
    assert {key: count for key, count in sets.items() if count < 2} == {}
    assert max(sets.values()) < 200


def test_two_hundred_data_sets() -> None:
    numbers = [number for drawn, _ in HOMES.values() for number in drawn]
    assert len(set(numbers)) == len(numbers) == 200
