"""Employment after training: base, windows and retention on both sides of every day. One class per case."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import figure, klass, spell, trainee

AUGUST = {"starts_on": "2020-08-01", "ends_on": "2020-08-31"}  # six months later: 2021-02-28, the day clamped
NOTHING = {"base": False, "employed": False, "kept": False}

# case -> class changes, trainee changes, spells (start, end, changes), expected flags
CASES = {
    "no_record": (AUGUST, {}, [], {"base": True}),
    "starts_on_last_class_day": (AUGUST, {}, [("2020-08-31", None, {})], {"base": True, "employed": True, "kept": True}),
    "starts_on_last_window_day": (AUGUST, {}, [("2021-02-28", None, {})], {"base": True, "employed": True, "kept": True}),
    "starts_after_window": (AUGUST, {}, [("2021-03-01", None, {})], {"base": True}),
    "ends_on_last_class_day": (AUGUST, {}, [("2020-08-15", "2020-08-31", {})], {"base": True}),
    "one_day_in_window": (AUGUST, {}, [("2020-09-01", "2020-09-01", {})], {"base": True, "employed": True}),
    "left_the_day_before": (AUGUST, {}, [("2020-09-01", "2021-02-27", {})], {"base": True, "employed": True}),
    "left_on_the_day": (AUGUST, {}, [("2020-09-01", "2021-02-28", {})], {"base": True, "employed": True, "kept": True}),
    "in_force_on_first_day": (AUGUST, {}, [("2020-01-01", "2020-08-01", {}), ("2020-09-01", None, {})], NOTHING),
    "ended_before_first_day": (AUGUST, {}, [("2020-01-01", "2020-07-31", {})], {"base": True}),
    "flag_yes": (AUGUST, {"employed_at_start": True}, [], NOTHING),
    "flag_no_does_not_overrule": (AUGUST, {"employed_at_start": False}, [("2020-01-01", None, {})], NOTHING),
    "public_payroll_is_no_employment": (AUGUST, {}, [("2020-01-01", None, {"insurance_kind": "public_payroll"})], {"base": True}),
    "flexible": (AUGUST, {}, [("2020-09-01", None, {"insurance_kind": "flexible", "employer_id": None})],
                 {"base": True, "employed": True, "kept": True}),
    "six_months_on_the_data_date": ({"starts_on": "2021-06-01", "ends_on": "2021-06-30"}, {}, [], {"base": True}),
    "six_months_after_the_data_date": ({"starts_on": "2021-06-01", "ends_on": "2021-07-01"}, {}, [], NOTHING),
    "not_completed": (AUGUST, {"completion": "failed"}, [("2020-09-01", None, {})], NOTHING),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    classes = [klass(case, **changes) for case, (changes, _, _, _) in CASES.items()]
    people = [trainee(case, f"p_{case}", **changes) for case, (_, changes, _, _) in CASES.items()]
    spells = [
        spell(f"p_{case}", start, end, **extra) for case, (_, _, own, _) in CASES.items() for start, end, extra in own
    ]
    startups = [("in_time", "2021-04-30"), ("late", "2021-05-01"), ("on_the_last_class_day", "2020-04-30")]
    for name, day in startups:
        entrepreneurship = {"training_type": "entrepreneurship", "starts_on": "2020-04-01", "ends_on": "2020-04-30"}
        classes.append(klass(f"su_{name}", district_code="500105", **entrepreneurship))
        people.append(trainee(f"su_{name}", f"su_{name}"))
        spells.append(spell(f"su_{name}", "2019-01-01", "2019-02-01", business_registered_on=day))
    home.submit("classes", classes, period="2020")
    home.submit("enrollments", people, period="2020")
    home.submit("employment", spells, period="2021Q4")
    connection = home.build(data_date="2021-12-30")
    yield connection
    connection.close()


@pytest.mark.parametrize("case", CASES)
def test_employment(built, case):
    expected = NOTHING | CASES[case][3]
    row = built.execute(
        "SELECT is_employment_base, is_employed, is_retained_6m FROM marts.fct_training WHERE class_id = ?", [case]
    ).fetchone()
    assert dict(zip(("base", "employed", "kept"), row, strict=True)) == expected


def test_startup_rate_window(built):
    assert figure(built, "startup_rate", unit="500105", period="2020") == (1, 3, 1 / 3)


def test_link_rate_takes_any_record(built):
    assert figure(built, "link_rate", unit="500105", period="2020") == (3, 3, 1)


def maturity(built, code: str, period: str, unit: str = "500103") -> tuple:
    """(immature_count, is_mature, link_ratio) of one figure."""
    return built.execute(
        "SELECT immature_count, is_mature, link_ratio FROM marts.mart_indicator WHERE indicator_code = ? AND period = ?"
        " AND reporting_unit = ? AND dimension = 'all'",
        [code, period, unit],
    ).fetchone()


def test_a_rate_over_trainings_that_have_not_had_their_time_is_marked(built):
    # the class of 30 June has had its six months on 30 December, that of 1 July has not
    assert maturity(built, "employment_rate", "2021Q2") == (0, True, 0)
    assert maturity(built, "employment_rate", "2021Q3") == (1, False, 0)
    assert maturity(built, "employment_rate_3m", "2021Q3")[:2] == (0, True)
    assert maturity(built, "retention_rate_12m", "2021Q2")[:2] == (1, False)
    assert maturity(built, "person_times", "2021Q3") == (None, True, None)


def test_only_start_up_trainings_make_a_start_up_rate_immature(built):
    assert maturity(built, "startup_rate", "2021Q2")[:2] == (0, True)
    assert maturity(built, "startup_rate", "2020", unit="500105") == (0, True, 1)
