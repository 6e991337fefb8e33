"""Every rule at its boundaries: what fires, its twin that does not, other places and other days; and sums due."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.policy import case as cases
from tests.spec.policy import cases_classes, cases_dalian, cases_draft, cases_edges, cases_sweep, cases_units
from tests.spec.policy.cases_claims import CASES as CLAIMS
from tests.spec.policy.cases_counts import CASES as COUNTS
from tests.spec.policy.cases_due import CASES as DUES

ALL = [
    *COUNTS, *CLAIMS, *DUES, *cases_classes.CASES, *cases_classes.UNITS, *cases_dalian.CASES, *cases_dalian.UNITS,
    *cases_draft.CASES, *cases_draft.UNITS, *cases_edges.CASES, *cases_sweep.CASES, *cases_units.CASES,
]  # fmt: skip


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    names = [each.name for each in ALL]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
    return cases.build(Home(tmp_path_factory.mktemp("home"), preview="510000"), ALL, data_date="2022-06-30")


@pytest.fixture(scope="module")
def results(connection):
    return cases.findings(connection) + cases.dues(connection)


@pytest.mark.parametrize("case", ALL, ids=lambda each: each.name)
def test_case(case, results):
    assert cases.found(case, results) == sorted(case.expect)


def test_every_test_of_the_packs_has_a_case_that_fires():
    from orchestration.policy import packs as policy

    tests = {row["test"] for row in policy.pack_tables()["policy_rule"] if row["test"]}
    fired = {name.split(":")[-1] for each in ALL if each.expect for name in each.about.split()}
    assert tests - fired == set()


def test_a_finding_has_one_identity_and_names_its_rule(connection):
    assert connection.execute(
        "select count(*) = count(distinct finding_id), count(*) filter (where clause is null or message_zh is null"
        " or period is null or severity not in ('block', 'flag', 'preview')"
        " or try_cast(evidence as json) is null) from marts.mart_finding"
    ).fetchone() == (True, 0)


def test_a_draft_gives_previews_only(connection):
    assert connection.execute(
        "select distinct severity from marts.mart_finding where jurisdiction = '510000'"
    ).fetchall() == [("preview",)]


def test_a_draft_tells_the_parts_of_a_standard_and_owes_nothing(connection):
    assert connection.execute(
        "select due_yuan, claimed_yuan, document_no, basis ->> 'formula', basis ->> 'base_yuan', basis ->> 'assessment_yuan',"
        " basis ->> 'is_certified' from marts.mart_subsidy_due where class_id like 'edge_draft_parts_%' order by claimed_yuan"
    ).fetchall() == [
        (None, yuan, None, "base and assessment parts, preview", "1500.5", "299.5", "true") for yuan in (0, 1000)
    ]


def test_documents_by_place_and_approval(connection):
    rows = connection.execute(
        "select distinct left(c.district_code, 4), c.approved_on < '2021-03-01', d.jurisdiction, d.document_no"
        " from marts.mart_subsidy_due as d join staging.stg_classes as c using (class_id)"
        " where c.district_code in ('500103', '500112', '210202')"
        " and not (c.district_code = '500112' and c.approved_on < '2021-03-01') order by all"
    ).fetchall()
    assert rows == [
        ("2102", False, "210200", "大政发[2011]44号"),
        ("2102", True, "210200", "大政发[2011]44号"),
        ("5001", False, "500000", "渝人社发〔2021〕12号"),
        ("5001", True, "500103", "渝中府办〔2019〕51号"),
    ]


def test_a_claims_money_is_spread_without_loss(connection):
    assert connection.execute(
        "with shares as (select sum(claimed_yuan) as yuan from marts.mart_subsidy_due where class_id like 'due_%'),"
        " claims as (select sum(claimed_yuan) as yuan from staging.stg_claims where claim_id like 'due_%')"
        " select shares.yuan = claims.yuan from shares, claims"
    ).fetchone() == (True,)


@pytest.mark.parametrize(
    ("class_id", "kind", "expected"),
    [
        ("due_online_30.A", "training", {"rate_version": "class", "standard_yuan": 1500, "rate_yuan": 150, "days": 10}),
        ("due_online_30.A", "training", {"online_days": 3, "online_cap_yuan": 60, "cap_yuan": None, "full_yuan": 1230}),
        ("due_new_senior.A", "training", {"rate_version": "CQ2021", "rate_yuan": 180, "days": 10, "cap_yuan": 6000}),
        ("due_of_the_project.A", "training", {"rate_version": "due_of_the_project.P 2021-01-01", "standard_yuan": 1800}),
        ("due_year.A", "apprenticeship", {"months": 12, "standard_yuan": 5000, "full_yuan": 5000}),
        ("due_practical.A", "practical", {"share": 0.6, "standard_yuan": 1500, "full_yuan": 900}),
        ("due_living.A", "living", {"standard_yuan": 30, "days": 3, "is_entitled": True}),
        ("due_died.A", "training", {"full_yuan": 1500, "blocked_by": ["YZ2019-14b"]}),
    ],
)  # fmt: skip
def test_a_sum_due_says_what_it_is_reckoned_from(connection, class_id, kind, expected):
    import json

    (basis,) = connection.execute(
        "select basis from marts.mart_subsidy_due where class_id = ? and subsidy_kind = ?", [class_id, kind]
    ).fetchone()
    assert expected.items() <= json.loads(basis).items()


def test_draft_off(tmp_path):
    home = Home(tmp_path)
    built = cases.build(home, [*cases_draft.CASES, *cases_draft.UNITS], data_date="2022-06-30")
    assert built.execute("select count(*) from marts.mart_finding where jurisdiction = '510000'").fetchone() == (0,)
