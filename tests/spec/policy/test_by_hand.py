"""The same rules in a few lines of plain Python, on trainings drawn at random: counts of a person and sums due must agree."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from tests.spec.marts.home import Home
from tests.spec.policy.case import build, case, certificate, klass, row, trainee

TRADES = ("焊工", "电工", "养老护理员", "家政服务员")


def draw(random_: random.Random, number: int) -> dict:
    ends_on = date(2019, 8, 1) + timedelta(days=random_.randrange(880))
    return {
        "class_id": f"R{number:03}", "ends_on": str(ends_on), "starts_on": str(ends_on - timedelta(days=random_.randrange(3))),
        "approved_on": str(ends_on - timedelta(days=10)), "occupation_name": random_.choice(TRADES),
        "skill_level": random_.choice(("5", "4")), "district_code": random_.choice(("500103", "500103", "500112")),
        "class_status": random_.choice(("filed", "closed", "closed", "cancelled")),
        "training_type": random_.choice(("job_skills", "upskilling", "on_the_job")),
        "fund_source": random_.choice(("special_account", "special_account", "enterprise_education_fund")),
        "total_lessons": random_.randrange(30, 90), "online_lessons": random_.choice((0, 0, 7, 12, 29)),
        "standard_yuan": f"{random_.randrange(60000, 250000) / 100:.2f}",
        "project_id": random_.choice((None, None, f"P{number}")),
    }  # fmt: skip


@pytest.fixture(scope="module")
def drawn():
    random_ = random.Random(20210301)
    classes = {c["class_id"]: c for c in (draw(random_, number) for number in range(160))}
    rates = {c["project_id"]: f"{random_.randrange(9000, 21000) / 100:.2f}" for c in classes.values() if c["project_id"]}
    people = {
        (class_id, f"q{random_.randrange(24)}"): random_.choice(("completed", "completed", "completed", "dropped"))
        for class_id in classes for _ in range(5)
    }  # fmt: skip
    return classes, rates, people


@pytest.fixture(scope="module")
def connection(drawn, tmp_path_factory):
    classes, rates, people = drawn
    projects = [
        row("projects", project_id=c["project_id"], occupation_name=c["occupation_name"], skill_level=c["skill_level"],
            valid_from="2018-01-01", certificate_kind="skill_level", standard_yuan=c["standard_yuan"],
            daily_rate_yuan=rates[c["project_id"]])
        for c in classes.values() if c["project_id"]
    ]  # fmt: skip
    rows = [klass(**c) for c in classes.values()] + projects
    for (class_id, person), completion in people.items():
        level, name = classes[class_id]["skill_level"], classes[class_id]["occupation_name"]
        rows.append(trainee(class_id, person, completion=completion))
        rows.append(certificate(person, class_id, skill_level=level, occupation_name=name))
    return build(Home(tmp_path_factory.mktemp("home")), [case("drawn", "", rows)], data_date="2022-06-30")


def surplus(classes: dict, people: dict) -> tuple[set, set]:
    """(fourth and later of a year, repeats of occupation and level) that fall on Yuzhong from the plan's day."""
    fourth, repeat = set(), set()
    for person in {person for _, person in people}:
        turns: dict[object, int] = defaultdict(int)
        mine = [
            classes[c] for c, p in people
            if p == person and people[c, p] == "completed" and classes[c]["class_status"] != "cancelled"
            and classes[c]["training_type"] != "on_the_job" and classes[c]["fund_source"] == "special_account"
        ]  # fmt: skip
        for c in sorted(mine, key=lambda c: (c["ends_on"], c["starts_on"], c["class_id"])):
            binds = c["district_code"] == "500103" and c["ends_on"] >= "2019-09-30"
            for found, key, allowed in ((fourth, c["ends_on"][:4], 3), (repeat, (c["occupation_name"], c["skill_level"]), 1)):
                turns[key] += 1
                if turns[key] > allowed and binds:
                    found.add((c["class_id"], person))
    return fourth, repeat


def due(c: dict, rate: str | None) -> Decimal:
    """What one completed and certified trainee of the class is due."""
    standard = Fraction(c["standard_yuan"])
    if c["training_type"] == "on_the_job" or not c["online_lessons"]:
        return Decimal(c["standard_yuan"])
    daily = Fraction(rate) if rate else standard / Fraction(c["total_lessons"], 6)
    offline, online = Fraction(c["total_lessons"] - c["online_lessons"], 6), Fraction(c["online_lessons"], 6)
    exact = min(standard, offline * daily + online * min(daily, 60))
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(("test", "which"), [("fourth_in_year", 0), ("repeat_occupation_level", 1)])
def test_counts(drawn, connection, test, which):
    classes, _, people = drawn
    expected = surplus(classes, people)[which]
    found = connection.execute("select class_id, person_key from marts.mart_finding where test = ?", [test]).fetchall()
    assert len(expected) > 10
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_sums_due(drawn, connection):
    classes, rates, people = drawn
    blocked = surplus(classes, people)[1]
    expected = {}
    for (class_id, person), completion in people.items():
        c = classes[class_id]
        is_due = completion == "completed" and c["fund_source"] == "special_account" and (class_id, person) not in blocked
        if c["class_status"] != "cancelled":
            expected[class_id, person] = due(c, rates.get(c["project_id"])) if is_due else Decimal(0)
    rows = connection.execute("select class_id, person_key, due_yuan from marts.mart_subsidy_due").fetchall()
    assert {(class_id, person): yuan for class_id, person, yuan in rows} == expected
