"""Person-times, persons, apprentices, completion: what counts, when, for which unit, in which breakdown."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import figure, klass, trainee, value


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    classes = [
        klass("C1"),
        klass("C2", ends_on="2021-06-30", skill_level=None, institution_id="I2"),
        klass("first_day", starts_on="2021-06-01", ends_on="2021-07-01"),
        klass("last_year", ends_on="2020-12-31", starts_on="2020-12-01"),
        klass("pending", class_status="pending"),
        klass("cancelled", class_status="cancelled"),
        klass("closed", class_status="closed", institution_id="I3"),
        klass("ojt", training_type="on_the_job"),
        klass("own_fund", fund_source="enterprise_education_fund"),
        klass(
            "apprentice",
            training_type="apprenticeship",
            starts_on="2020-05-01",
            ends_on="2021-05-01",
            institution_id="I4",
        ),
        klass("apprentice_open", training_type="apprenticeship", starts_on="2021-05-01", ends_on="2022-05-01"),
        klass("other_unit", district_code="500105", institution_id="I5"),
        klass("street_code", district_code="500103007", street="大溪沟"),
    ]
    people = [
        trainee("C1", "p1", trainee_categories=["veteran", "disabled", "veteran"], sex="female"),
        trainee("C1", "p2", sex=None, id_sex="male"),
        trainee("C1", "p3", completion="dropped"),
        trainee("C2", "p1"),
        trainee("first_day", "p1"),
        trainee("last_year", "p1"),
        trainee("pending", "p4"),
        trainee("cancelled", "p4"),
        trainee("closed", "p4", trainee_categories=["unemployed"]),
        trainee("ojt", "p5"),
        trainee("own_fund", "p5"),
        trainee("apprentice", "p6"),
        trainee("apprentice", "p7", completion="dropped"),
        trainee("apprentice_open", "p6", completion="in_training"),
        trainee("other_unit", "p1"),
        trainee("street_code", "p8"),
        trainee("no_such_class", "p9"),
    ]
    home.submit("classes", classes, period="2020")
    home.submit("classes", [], period="2021")
    home.submit("enrollments", people, period="2021")
    connection = home.build()
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("period", "dimension", "expected"),
    [
        ("2021Q1", "all", 0),
        ("2021Q2", "all", 6),  # C1 twice, C2, closed, apprentice, street code
        ("2021Q3", "all", 1),  # ended on the first day of the quarter
        ("2020Q4", "all", 1),  # ended on the last day of the year
        ("2021", "all", 7),
        ("2020-2021", "all", 8),
        ("2021Q1", "cumulative", 0),
        ("2021Q3", "cumulative", 7),
        ("2021", "cumulative", 7),
        ("2020", "cumulative", 1),
    ],
)
def test_person_times_by_period(built, period, dimension, expected):
    assert figure(built, "person_times", period=period, dimension=dimension) == (expected, None, expected)


@pytest.mark.parametrize(
    ("dimension", "member", "expected"),
    [
        ("trainee_category", "veteran", 5),  # several categories count in each, the same one once
        ("trainee_category", "disabled", 1),
        ("trainee_category", "unemployed", 1),
        ("training_type", "job_skills", 5),
        ("training_type", "apprenticeship", 1),
        ("skill_level", "5", 5),
        ("skill_level", "none", 1),
        ("institution_id", "I2", 1),
        ("sex", "female", 1),
        ("sex", "male", 1),  # from the ID number where the roster is blank
        ("street", "大溪沟", 1),
        ("delivery_mode", "offline", 6),
        ("fund_source", "special_account", 6),
    ],
)
def test_person_times_by_member(built, dimension, member, expected):
    assert value(built, "person_times", dimension=dimension, member=member) == expected


def test_a_member_that_does_not_occur_has_no_row(built):
    assert figure(built, "person_times", dimension="training_type", member="on_the_job") is None
    assert figure(built, "person_times", dimension="institution_id", member="I5") is None


def test_persons_are_distinct_over_quarters_and_units(built):
    assert value(built, "persons") == 5  # p1 twice
    assert value(built, "persons", period="2021Q3") == 1
    assert value(built, "persons", period="2021") == 5
    assert value(built, "persons", period="2020-2021") == 5
    assert value(built, "persons", period="2021Q3", dimension="cumulative") == 5
    assert value(built, "persons", unit="500000") == 5  # p1 was trained in 500105 too
    assert value(built, "person_times", unit="500000") == 7


def test_completion_rate_counts_everyone_enrolled_in_ended_classes(built):
    assert figure(built, "completion_rate") == (6, 8, 0.75)
    assert figure(built, "completion_rate", period="2021Q1") == (0, 0, None)


def test_apprentices_by_begin_and_by_end(built):
    assert value(built, "apprentices", period="2020Q2") == 2
    assert value(built, "apprentices", period="2021Q2") == 1
    assert value(built, "apprentices", period="2020-2021") == 2
    assert value(built, "apprentices_completed", period="2021Q2") == 1
    assert value(built, "apprentices_completed", period="2020Q2") == 0


def test_every_unit_has_a_row_for_every_indicator_and_period(built):
    (missing,) = built.execute(
        "SELECT count(*) FROM marts.dim_unit CROSS JOIN marts.dim_period AS p CROSS JOIN marts.mart_indicator_definition AS d"
        " ANTI JOIN marts.mart_indicator AS i ON i.reporting_unit = dim_unit.reporting_unit AND i.period = p.period"
        " AND i.indicator_code = d.indicator_code AND i.dimension = 'all' WHERE p.is_loaded"
    ).fetchone()
    assert missing == 0
    assert {u for (u,) in built.execute("SELECT reporting_unit FROM marts.dim_unit").fetchall()} == {
        "500103",
        "500105",
        "500000",
    }


def test_nothing_after_the_data_date_counts(tmp_path):
    home = Home(tmp_path)
    home.submit("classes", [klass("A", ends_on="2021-05-31"), klass("B", ends_on="2021-06-01")], period="2021Q2")
    home.submit("enrollments", [trainee("A", "p1"), trainee("B", "p2")], period="2021Q2")
    connection = home.build(data_date="2021-05-31")
    assert value(connection, "person_times") == 1
    assert figure(connection, "completion_rate") == (1, 1, 1)
    connection.close()


def test_late_rows_count_in_the_earlier_quarter_of_a_loaded_year(tmp_path):
    home = Home(tmp_path)
    home.submit("classes", [klass("A", starts_on="2021-01-05", ends_on="2021-03-31")], period="2021Q2")
    home.submit("enrollments", [trainee("A", "p1")], period="2021Q2")
    connection = home.build()
    assert value(connection, "person_times", period="2021Q1") == 1
    assert figure(connection, "person_times", period="2021Q3") is None  # neither loaded nor begun
    connection.close()
