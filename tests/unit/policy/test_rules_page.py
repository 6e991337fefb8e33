"""Every rule of the five documents is in the packs with a state, and the page of rules is current."""

import pytest

from orchestration.policy import packs as policy
from orchestration.policy import page as policy_page

RULES = {
    "YZ2019": "2a 2b 2c 2d 3a 3b 3c 3d 4a 4b 5a 5b 5c 6a 7a 7b 8a 9a 10a 10b 10c 10d 11a 11b 11c 11d 11e 11f 12a 12b 12c 12d"
    " 12e 13a 13b 13c 13d 13e 14a 14b 15a 15b 15c 16a 16b 16c 16d 17a 17b 18 19",
    "CQ2021": "1a 1b 1c 1d 2a 2b 2c 2d 3a 3b 3c 3d 4a 4b 4c 4d 4e 4f 4g 5a 5b 5c 5d 6a 6b 6c 6d 7a 8a 8b 8c 8d 8e 8f 8g 8h 8i 9",
    "CQ2012": "1.1 1.2a 1.2b 1.2c 1.3a 1.3b 1.3c 2.1a 2.1b 2.1c 2.1d 2.2 2.3 2.4 3.1a 3.1b 3.2a 3.2b 3.3 4.1a 4.1b 4.1c 4.2 4.3a"
    " 4.3b 4.3c 4.3d 4.4",
    "DL2011": "1a 1b 2.1 2.1-7 2.2-1a 2.2-1b 2.2-1c 2.2-2a 2.2-2b 2.2-2c 2.2-2d 2.2-2e 2.2-2f 2.2-3a 2.2-3b 2.2-3c 2.2-3d 2.2-4a"
    " 2.2-4b 2.2-4c 2.2-4d 2.2-4e 2.2-4f 2.2-5a 2.2-5b 2.2-5c 3 4.1 4.2a 4.2b 4.2c 4.3",
    "SC": "1a 1b 2a 2b 3a 3b 3c 4 5a 5b 5c 5d 7 8a 8b 8c 8d 9a 9b 9c 10a 10b 11a 11b 12a 12b 13 14 15a 15b 15c 15d 16a 16b 16c",
}


# the second and third of three rules that one entry of the reading speaks of: 184 ids in 178 entries
SECOND = {
    "DL2011-4.2b",
    "DL2011-4.2c",
    "SC-16b",
    "SC-16c",
    "SC-5c",
    "SC-5d",
}


@pytest.fixture(scope="module")
def rules():
    return policy.pack_tables()["policy_rule"]


def test_every_rule_is_there(rules):
    expected = {f"{document}-{number}" for document, numbers in RULES.items() for number in numbers.split()}
    assert {row["rule_id"] for row in rules} == expected
    assert len(expected) == 184 and len(expected - SECOND) == 178


def test_every_rule_has_a_line_on_the_page(rules):
    page = policy_page.PAGE.read_text(encoding="utf-8")
    assert [row["rule_id"] for row in rules if f"\n| {row['rule_id']} |" not in page] == []


def test_every_rule_says_what_it_is(rules):
    for row in rules:
        said = ("clause", "quote", "title_zh", "title_en", "formula", "state")
        assert all(row[name] for name in said), row["rule_id"]


def test_a_computed_rule_names_what_computes_it(rules):
    bare = {row["rule_id"] for row in rules if row["state"] == "computed" and not row["test"] and not row["needs"]}
    assert bare == set()


def test_a_state_other_than_computed_has_no_test(rules):
    assert {row["rule_id"] for row in rules if row["test"] and row["state"] != "computed"} == set()


def test_the_page_is_current():
    assert policy_page.PAGE.read_text(encoding="utf-8") == policy_page.rules_page()


def test_show_rule_counts_findings_of_a_release(tmp_path):
    import duckdb

    database = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create schema marts; create table marts.mart_finding as select 'YZ2019-12b' as rule_id, 'fourth_in_year' as test,"
            " 'flag' as severity, '500103' as reporting_unit, '2021Q4' as period, 1500.00::decimal(18, 2) as amount_yuan"
        )
    (line,) = policy.show_rule("YZ2019-12b", database)["findings"]
    assert (line["test"], line["findings"], str(line["amount_yuan"])) == ("fourth_in_year", 1, "1500.00")
