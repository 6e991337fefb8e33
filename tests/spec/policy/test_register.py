"""What units owe by quarter and year: disclosures, reports, lists of Yuzhong; demonstration classes of the Sichuan draft."""

import pytest

from tests.spec.marts import rows as plain
from tests.spec.marts.home import Home

FUND, REPORT, LISTS, SHOWN = "fund_use_unpublished", "report_missing", "list_unpublished", "demonstration_too_few"


def out(item, period, published_on):
    return {"item": item, "period": period, "published_on": published_on}


QUARTERS = [
    ("2018Q4", None, False), ("2019Q1", None, False), ("2019Q2", None, False),  # before the plan
    ("2019Q3", None, True),  # ends on the day the plan begins
    ("2019Q4", "2020-01-31", False), ("2020Q1", "2021-12-30", False),  # late is not missing
    ("2020Q2", None, True), ("2020Q3", "2020-08-01", False), ("2020Q4", None, True), ("2021Q1", "2021-03-31", False),
    ("2021Q2", None, True), ("2021Q3", "2021-12-31", True),  # a day after the data date
    ("2021Q4", None, False),  # has not ended by the data date
]  # fmt: skip
ITEMS = {"project": "project_catalogue", "institution": "institution_catalogue", "assessor": "assessor_catalogue"}
YEARS = [
    ("2018", "project", False), ("2018", "assessor", False), ("2019", "project", False), ("2019", "institution", True),
    ("2019", "assessor", False), ("2020", "project", True), ("2020", "institution", False), ("2020", "assessor", True),
    ("2021", "project", False), ("2021", "institution", False), ("2021", "assessor", False),
]  # fmt: skip
# year -> classes of Sichuan that begin in it, of which the last so many are cancelled
SHOWS = {2012: (0, 0, True), 2013: (1, 0, True), 2014: (99, 0, True), 2015: (100, 0, False), 2016: (101, 0, False),
         2017: (100, 1, True), 2018: (101, 1, False), 2019: (99, 0, True), 2020: (100, 0, False), 2021: (0, 0,
             False)}  # fmt: skip
CASES = (
    [(FUND, period, "fund_use", fires) for period, _, fires in QUARTERS]
    + [(REPORT, period, "quarterly_report", fires) for period, _, fires in QUARTERS]
    + [(LISTS, period, ITEMS[item], fires) for period, item, fires in YEARS]
    + [(SHOWN, str(year), None, fires) for year, (_, _, fires) in SHOWS.items()]
)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"), preview="510000")
    register = [
        out(item, period, day) for item in ("fund_use", "quarterly_report") for period, day, _ in QUARTERS if day
    ]
    lists = [
        out(ITEMS["project"], "2019", "2019-12-31"), out(ITEMS["institution"], "2020", "2020-01-01"),
        out(ITEMS["assessor"], "2019", "2020-03-01"),  # late, but of that year; it stands in the next year by its day too
    ]  # fmt: skip
    home.submit(
        "publications", [*register, *lists[:2], out(ITEMS["assessor"], "2019", "2021-01-01")], period="2018-2021"
    )
    home.submit("publications", [out("fund_use", "2019Q1", "2019-04-01")], unit="500112", period="2019")
    shows = [
        plain.klass(f"S{year}/{n}", district_code="510104" if n % 2 else "510105",
            starts_on=f"{year}-{'01-01' if n % 3 else '12-31'}",
                    ends_on=f"{year + 1}-01-31", is_demonstration=True, class_status="filed" if n < count - lost else "cancelled")
        for year, (count, lost, _) in SHOWS.items() for n in range(count)
    ]  # fmt: skip
    shows.append(plain.klass("elsewhere", district_code="500112", starts_on="2019-05-01", is_demonstration=True))
    shows.append(plain.klass("plain", district_code="510104", starts_on="2019-05-01"))
    home.submit("classes", shows, unit="510104", period="2012-2021")
    connection = home.build(data_date="2021-12-30", policy=True)
    rows = connection.execute(
        "select test, coalesce(evidence ->> 'period', period), subject_id, reporting_unit from marts.mart_finding"
        " where test in (?, ?, ?, ?)", [FUND, REPORT, LISTS, SHOWN]).fetchall()  # fmt: skip
    connection.close()
    return set(rows)


@pytest.mark.parametrize(("test", "period", "item", "fires"), CASES)
def test_duty(found, test, period, item, fires):
    unit = "510000" if test == SHOWN else "500103"
    assert ((test, period, item, unit) in found) == fires


def test_a_unit_without_the_rule_owes_nothing(found):
    assert {row for row in found if row[3] not in ("500103", "510000")} == set()
