"""Every rule at its boundaries: what fires, its twin that does not, other places and other days."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.policy import case as cases
from tests.spec.policy.cases_claims import CASES as CLAIMS
from tests.spec.policy.cases_counts import CASES as COUNTS

ALL = [*COUNTS, *CLAIMS]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    names = [each.name for each in ALL]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
    home = Home(tmp_path_factory.mktemp("home"), preview="510000")
    connection = cases.build(home, ALL, data_date="2022-06-30")
    return cases.findings(connection) + cases.dues(connection)


@pytest.mark.parametrize("case", ALL, ids=lambda each: each.name)
def test_case(case, results):
    assert cases.found(case, results) == sorted(case.expect)
