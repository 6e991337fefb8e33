"""What a year and a span are expected to come to: seasonal shares, late arrival, interval, back-test, and when it is not said."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import klass, trainee

# person-times that ended in each quarter; of each quarter's, as many are told a quarter late
ENDED = {2019: (10, 40, 25, 25), 2020: (20, 20, 30, 30), 2021: (30, 20)}
LATE = {2019: 2, 2020: 2, 2021: 0}
ENDS = ("03-31", "06-30", "09-30", "12-31")


def target(period: str, value: float, **changes) -> dict:
    row = {"reporting_unit": "500103", "indicator_code": "person_times", "period": period, "target_value": value,
           "plan_version": 0, "unit_of_measure": "person_times"}  # fmt: skip
    return row | changes


def fill(home: Home, years: dict) -> None:
    """Classes and rosters by quarter: a class a quarter, its late trainees in the roster of the next."""
    rosters: dict[str, list] = {}
    for year, counts in years.items():
        for number, count in enumerate(counts):
            class_id, period = f"{year}Q{number + 1}", f"{year}Q{number + 1}"
            day = f"{year}-{ENDS[number]}"
            home.submit(
                "classes", [klass(class_id, starts_on=f"{year}-{3 * number + 1:02}-01", ends_on=day)], period=period
            )
            late = LATE[year]
            following = f"{year}Q{number + 2}" if number < 3 else f"{year + 1}Q1"
            people = [trainee(class_id, f"{class_id}p{n}") for n in range(count)]
            rosters.setdefault(period, []).extend(people[late:])
            rosters.setdefault(following, []).extend(people[:late])
    for period, people in rosters.items():
        home.submit("enrollments", people, period=period)


def told(connection, period: str, code: str = "person_times") -> dict:
    cursor = connection.execute(
        "SELECT * FROM marts.mart_target_forecast WHERE period = ? AND indicator_code = ?", [period, code]
    )
    return dict(zip([c[0] for c in cursor.description], cursor.fetchone(), strict=True))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    fill(home, ENDED)
    periods = ("2019-2021", "2020-2022", "2020", "2021", "2021Q2", "2022")
    rate = target("2021", 0.9, indicator_code="completion_rate", unit_of_measure="ratio")
    home.submit("targets", [*(target(p, 120) for p in periods), rate], period="2021")
    connection = home.build(data_date="2021-06-30")
    yield connection
    connection.close()


def test_a_year_is_its_ended_quarters_over_their_share_corrected_for_what_is_not_yet_known(built):
    year = told(built, "2021")
    # the newest quarter is known as far as the six quarters a year old or more were on their last day: all but 2 of each
    known = 1 - 12 / 140
    corrected = 30 + 20 / known
    assert year["known_ratio"] == pytest.approx(50 / corrected)
    assert year["forecast_value"] == pytest.approx(corrected / (90 / 200))
    assert year["actual_value"] == 50 and year["ended_quarters"] == 2
    assert year["expected_completion_ratio"] == pytest.approx(year["forecast_value"] / 120)
    assert year["is_expected_met"] is False and year["reason"] is None


def test_the_error_of_the_same_reckoning_in_earlier_years_stands_beside_it(built):
    year = told(built, "2021")
    # 2019 by the share of 2020: 50 / 0.4 = 125; 2020 by the share of 2019: 40 / 0.5 = 80; both came to 100
    assert year["back_test_error_ratio"] == pytest.approx((0.25 + 0.2) / 2) and year["back_test_years"] == 2
    assert 50 <= year["lower_value"] < year["forecast_value"] < year["upper_value"]


def test_a_span_adds_the_years_known_and_expects_as_much_of_those_ahead(built):
    year, past, ahead = told(built, "2021"), told(built, "2019-2021"), told(built, "2020-2022")
    assert past["forecast_value"] == pytest.approx(200 + year["forecast_value"])
    assert past["upper_value"] - past["lower_value"] == pytest.approx(year["upper_value"] - year["lower_value"])
    assert ahead["forecast_value"] == pytest.approx(100 + 2 * year["forecast_value"])
    assert ahead["upper_value"] - ahead["lower_value"] > 2 * (year["upper_value"] - year["lower_value"])


@pytest.mark.parametrize(
    ("period", "code", "reason"),
    [
        ("2020", "person_times", "closed"),
        ("2021Q2", "person_times", "not_a_year"),
        ("2022", "person_times", "not_begun"),
        ("2021", "completion_rate", "not_a_flow"),
    ],
)
def test_where_nothing_can_be_said_the_reason_is(built, period, code, reason):
    row = told(built, period, code)
    assert (row["forecast_value"], row["lower_value"], row["reason"]) == (None, None, reason)


@pytest.mark.parametrize(
    ("years", "day", "reason"),
    [
        ({2021: (30, 20)}, "2021-06-30", "under_four_quarters"),
        ({2020: (20, 20, 30, 30), 2021: (30,)}, "2021-02-28", "no_quarter_ended"),
        ({2020: (20, 20, 30, 30), 2021: (30,)}, "2021-03-31", "no_back_test"),
    ],
)
def test_a_forecast_needs_four_quarters_and_an_interval_two_years(tmp_path, years, day, reason):
    home = Home(tmp_path)
    fill(home, years)
    home.submit("targets", [target("2021", 120)], period="2021")
    connection = home.build(data_date=day)
    row = told(connection, "2021")
    connection.close()
    assert row["reason"] == reason
    assert (row["forecast_value"] is None) == (reason != "no_back_test")
    assert (row["lower_value"], row["upper_value"], row["back_test_years"]) == (None, None, 0)


def test_an_earlier_year_with_nothing_by_now_has_no_error_of_its_own(tmp_path):
    home = Home(tmp_path)
    fill(home, {2019: (0, 0, 25, 25), 2020: (20, 20, 30, 30), 2021: (30, 20)})
    home.submit("targets", [target("2021", 120)], period="2021")
    with home.build(data_date="2021-06-30") as connection:
        year = told(connection, "2021")
    assert year["forecast_value"] is not None and year["back_test_years"] == 0
    assert (year["lower_value"], year["upper_value"]) == (None, None)
