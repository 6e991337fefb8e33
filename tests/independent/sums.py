"""What stands beside the sums due: claimed, approved and paid of each training, and limits used with what they allow.

Written from the interface's words on claims (a row that names nobody carries the money, else the lines are summed) and from
YZ2019-11e, 12b, DL2011-1a, 2.2-2c. Sums in fen. Not here: what is due (`due.py`), what is found (`counts.py`, `claims.py`).
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from tests.independent.facts import Row
from tests.independent.world import Claim, Training, World

Money = dict[tuple[str, str, str], tuple[int, ...]]
Limits = dict[tuple[str, str, str, str, int], tuple[int, int]]


def _sums(world: World, line: Row) -> tuple[int, ...]:
    """(claimed, approved, paid, recovered) of a line; what is recovered after the data date is not yet."""
    recovered = line.get("recovered_yuan") or 0
    if line.get("recovered_on") and line["recovered_on"] > world.data_date:
        recovered = 0
    return line["claimed_yuan"] or 0, line.get("approved_yuan") or 0, line.get("paid_yuan") or 0, recovered


def _add(money: Money, key: tuple[str, str, str], sums: tuple[int, ...]) -> None:
    claimed, approved, paid = money.get(key, (0, 0, 0))
    money[key] = (claimed + sums[0], approved + sums[1], paid + sums[2] - sums[3])


def _reached(world: World, claim: Claim) -> list[Training]:
    """Trainings a row without a person speaks for: of the persons named, else the completed, else the roster."""
    covered = [training for training in world.trainings if claim.covers(training)]
    done = [training for training in covered if training.completed]
    return sorted(covered if claim.people or not done else done, key=lambda training: training.ids)


def money(world: World) -> Money:
    """(class, person, kind) -> fen claimed, approved, paid; nothing where all are 0."""
    found: Money = {}
    for claim in world.claims:
        kind, heads = claim.head["subsidy_kind"], [line for line in claim.lines if not line.get("person_key")]
        reached = _reached(world, claim)
        for line in heads:
            parts = [0, 0, 0, 0]
            for place, training in enumerate(reached, 1):
                until = [int(Fraction(fen * place, len(reached))) for fen in _sums(world, line)]
                _add(found, (*training.ids, kind), tuple(now - then for now, then in zip(until, parts, strict=True)))
                parts = until
        if not heads:
            for line in claim.lines:
                for training in reached:
                    if training.row["person_key"] == line["person_key"]:
                        _add(found, (*training.ids, kind), _sums(world, line))
    return {key: sums for key, sums in found.items() if any(sums)}


def limit_use(world: World) -> Limits:
    """(limit, jurisdiction, person, employer, year) -> used and allowed, where a use of the year is bound."""
    found: Limits = {}
    places = ("50", "500103", "500103", 3, 2019), ("2102", "2102", "210200", 1, 2011)
    for prefix, bound, place, allowed, since in places:
        counted = [t for t in world.trainings if t.counted and t.of["district_code"].startswith(prefix)]
        for person, mine in world.by_person(counted):
            for year in {t.of["ends_on"].year for t in mine if t.of["district_code"].startswith(bound)}:
                if year >= since:
                    used = sum(t.of["ends_on"].year == year for t in mine)
                    found["trainings_per_person_year", place, person, "", year] = (used, allowed)
                    if prefix == "2102":
                        in_life = sum(t.of["ends_on"].year <= year for t in mine)
                        found["trainings_lifetime", place, person, "", year] = (in_life, 6)
    months: dict[tuple[str, str], set] = defaultdict(set)
    bound_years = set()
    for claim in world.claims:
        for line in claim.lines if claim.head["subsidy_kind"] == "on_the_job" and claim.unit.startswith("50") else []:
            if line.get("ojt_month") and line.get("person_key"):
                months[line["person_key"], line["payee_id"]].add(line["ojt_month"])
                if claim.unit == "500103" and line["ojt_month"].year >= 2019:
                    bound_years.add((line["person_key"], line["payee_id"], line["ojt_month"].year))
    for person, employer, year in bound_years:
        used = sum(month.year <= year for month in months[person, employer])
        found["ojt_months_max", "500103", person, employer, year] = (used, 6)
    return found
