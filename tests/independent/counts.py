"""Limits on how often: YZ2019-12b and 12c, CQ2021-3d between two classes, Dalian's counts. Each surplus training is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tests.independent.due import YZ2019
from tests.independent.facts import Finding, occupation
from tests.independent.world import Training, World


def found(world: World, training: Training, test: str, rule: str, severity: str) -> Finding:
    """A finding on a training, the standard of one training at stake."""
    return Finding(test, rule, severity, training.ids, world.standard(training.of) or 0)


def _counted(world: World, prefix: str) -> Iterator[list[Training]]:
    """Counted trainings of each person in a municipality, in order."""
    for _, mine in world.by_person(
        [t for t in world.trainings if t.counted and t.of["district_code"].startswith(prefix)]
    ):
        yield mine


def _yuzhong(training: Training) -> bool:
    return training.of["district_code"] == "500103" and training.of["ends_on"] >= YZ2019


def fourth_in_year(world: World) -> Iterator[Finding]:
    """YZ2019-12b: at most three a calendar year, counted over all Chongqing."""
    for mine in _counted(world, "50"):
        years: dict[int, int] = defaultdict(int)
        for training in mine:
            years[training.of["ends_on"].year] += 1
            if years[training.of["ends_on"].year] > 3 and _yuzhong(training):
                yield found(world, training, "fourth_in_year", "YZ2019-12b", "flag")


def _same_training(world: World, one: Training, other: Training) -> bool:
    """Same occupation and level; without a level the same kind of certificate, of the project where none is matched."""

    def mark(training: Training) -> tuple[str | None, str | None]:
        level = training.of.get("skill_level")
        if level:
            return level, None
        held = [row.get("certificate_kind") for row in world.certificates(training)]
        return None, next((kind for kind in held if kind), None) or world.project_kind(training.of)

    return bool(occupation(one.of) & occupation(other.of)) and mark(one) == mark(other)


def repeat_occupation_level(world: World) -> Iterator[Finding]:
    """YZ2019-12c: the same occupation and level once in a life."""
    for mine in _counted(world, "50"):
        for number, training in enumerate(mine):
            if _yuzhong(training) and any(_same_training(world, training, earlier) for earlier in mine[:number]):
                yield found(world, training, "repeat_occupation_level", "YZ2019-12c", "block")


def two_classes_one_day(world: World) -> Iterator[Finding]:
    """CQ2021-3d: two classes attended on one day, once per pair, on the class that starts later."""
    days: dict[tuple[str, str], set] = defaultdict(set)
    for row in world.rows["attendance"]:
        if row["lessons"] > 0:
            days[row["class_id"], row["person_key"]].add(row["attended_on"])
    for _, mine in world.by_person(world.trainings):
        mine.sort(key=lambda each: (each.of["starts_on"], each.of["class_id"]))
        for number, later in enumerate(mine):
            for earlier in mine[:number]:
                if later.of["district_code"].startswith("50") and days[earlier.ids] & days[later.ids]:
                    yield found(world, later, "two_classes_one_day", "CQ2021-3d", "flag")


def lifetime_and_year(world: World) -> Iterator[Finding]:
    """DL2011-1a six in a life; 2.2-2c one a year; 2.2-2e one as a student, in place of 2c on the same training."""
    for mine in _counted(world, "2102"):
        years: dict[int, int] = defaultdict(int)
        student = 0
        for number, training in enumerate(mine, 1):
            year = training.of["ends_on"].year
            years[year] += 1
            student += "college_student" in training.categories
            if number > 6:
                yield found(world, training, "lifetime_count", "DL2011-1a", "block")
            if "college_student" in training.categories and student > 1:
                yield found(world, training, "second_as_student", "DL2011-2.2-2e", "block")
            elif years[year] > 1:
                yield found(world, training, "second_in_year", "DL2011-2.2-2c", "block")


def beginner_and_advancing(world: World) -> Iterator[Finding]:
    """DL2011-2.2-2b: two occupations at beginner level, one of them further up, for three of the groups."""
    for everything in _counted(world, "2102"):
        mine = [
            t
            for t in everything
            if t.of.get("skill_level") and t.categories & {"unemployed", "rural_worker", "graduate"}
        ]
        occupations: dict[bool, list[set[str]]] = {True: [], False: []}
        for training in mine:
            seen = occupations[training.of["skill_level"] == "5"]
            if not any(occupation(training.of) & other for other in seen):
                seen.append(occupation(training.of))
        for training in mine:
            names, beginner = occupation(training.of), training.of["skill_level"] == "5"
            place = next(number for number, other in enumerate(occupations[beginner]) if names & other)
            two = occupations[True][:2]  # fewer than two on file prove nothing about the other
            if beginner and place >= 2:
                yield found(world, training, "third_beginner_occupation", "DL2011-2.2-2b", "block")
            if not beginner and (place >= 1 or (len(two) == 2 and not any(names & other for other in two))):
                yield found(world, training, "second_advancing_occupation", "DL2011-2.2-2b", "block")


RULES = (fourth_in_year, repeat_occupation_level, two_classes_one_day, lifetime_and_year, beginner_and_advancing)
