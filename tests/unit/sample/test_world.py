"""The sample bureau: what its files promise, judged without reading them back through the program."""

from __future__ import annotations

import hashlib

import pytest
from stdnum.cn import ric, uscc

from orchestration.sample import write_sample
from orchestration.sample.plan import SampleError, make_plan
from orchestration.sample.world import build_world


def _plan(**changes):
    arguments = {
        "people": 3000, "first": "2019-01", "last": "2021-12", "unit": "500103",
        "dirt": "none", "form": "csv", "seed": 1,
    }  # fmt: skip
    return make_plan(**(arguments | changes))


@pytest.fixture(scope="module")
def world():
    with build_world(_plan(dirt="real")) as connection:
        yield connection


def _hashes(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("form", ["mixed", "xlsx", "csv", "parquet"])
def test_the_same_seed_gives_the_same_bytes(tmp_path, form):
    for name in ("a", "b"):
        write_sample(
            tmp_path / name, people=150, first="2021-01", last="2021-06", form=form, truth=tmp_path / name / "t"
        )
    assert _hashes(tmp_path / "a") == _hashes(tmp_path / "b")
    assert len(_hashes(tmp_path / "a")) > 16


def test_another_seed_gives_other_people():
    people = []
    for seed in (1, 2):
        with build_world(_plan(people=200, seed=seed)) as connection:
            people.append({row[0] for row in connection.execute("SELECT person_id FROM person").fetchall()})
    assert len(people[0] & people[1]) < len(people[0]) / 10


def test_id_numbers_are_valid_unique_and_of_an_unassigned_area(world):
    numbers = [row[0] for row in world.execute("SELECT person_id FROM person").fetchall()]
    assert len(set(numbers)) == len(numbers)
    # the reference library knows the checksum; the areas 5099xx are in no list, which is the point
    assert all(ric.calc_check_digit(number) == number[-1] for number in numbers)
    assert {number[:4] for number in numbers} == {"5099"}
    assert all(1960 <= int(number[6:10]) <= 2003 for number in numbers)


def test_sex_agrees_with_the_id_number(world):
    wrong = world.execute("SELECT count(*) FROM person WHERE (substr(person_id, 17, 1)::INT % 2 = 1) <> is_male")
    assert wrong.fetchone() == (0,)


def test_credit_codes_are_valid_and_of_an_unassigned_area(world):
    codes = world.execute("SELECT institution_id FROM institution UNION SELECT employer_id FROM enterprise").fetchall()
    assert all(uscc.is_valid(code) for (code,) in codes)
    assert {code[2:6] for (code,) in codes} == {"5099"}


def test_phones_begin_with_a_range_that_does_not_exist(world):
    wrong = world.execute("SELECT count(*) FROM person WHERE phone NOT SIMILAR TO '100[0-9]{8}'")
    assert wrong.fetchone() == (0,)


def test_each_account_closes_line_by_line_and_never_runs_dry(world):
    broken = world.execute("""
        SELECT count(*) FROM (SELECT balance - lag(balance) OVER (PARTITION BY account ORDER BY booked_on, turn)
            - coalesce(income, 0) + coalesce(outlay, 0) AS gap, balance FROM ledger) WHERE gap <> 0 OR balance < 0""")
    assert broken.fetchone() == (0,)


@pytest.mark.parametrize(
    ("change", "word"),
    [({"people": 0}, "人次"), ({"unit": "渝中"}, "区划"), ({"dirt": "some"}, "dirt"), ({"first": "2022-01"}, "早于")],
)
def test_arguments_that_make_no_sense_are_told(change, word):
    with pytest.raises(SampleError, match=word):
        _plan(**change)


@pytest.mark.parametrize("unit", ["500103", "500101", "500243", "210202"])
def test_class_ids_are_recognisable_and_differ_between_units(unit):
    import re

    with build_world(_plan(people=300, unit=unit)) as connection:
        ids = [row[0] for row in connection.execute("SELECT class_id FROM class").fetchall()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Z]{1,6}[0-9]{4}-?[0-9]{3,6}", class_id) for class_id in ids)


def test_units_share_no_person_and_no_institution():
    people, institutions = [], []
    for unit in ("500103", "500104", "500112"):
        with build_world(_plan(people=600, unit=unit)) as connection:
            people.append({row[0] for row in connection.execute("SELECT person_id FROM person").fetchall()})
            institutions.append({r[0] for r in connection.execute("SELECT institution_id FROM institution").fetchall()})
    for sets in (people, institutions):
        assert len(set.union(*sets)) == sum(map(len, sets))
