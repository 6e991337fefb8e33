"""Every test of the packs has at least ten cases, among them some that fire and some that do not."""

from collections import Counter

import pytest

from orchestration.policy import packs as policy
from tests.spec.policy import test_register
from tests.spec.policy.test_findings import ALL

LEAST = 10
TESTS = sorted({row["test"] for row in policy.pack_tables()["policy_rule"] if row["test"]})
OUTCOMES = [(name.split(":")[-1], bool(each.expect)) for each in ALL for name in each.about.split()]
OUTCOMES += [(test, fires) for test, _, _, fires in test_register.CASES]
FIRING, SILENT = (Counter(test for test, fires in OUTCOMES if fires == side) for side in (True, False))


@pytest.mark.parametrize("test", TESTS)
def test_ten_cases_on_both_sides(test):
    assert FIRING[test] + SILENT[test] >= LEAST
    assert FIRING[test] >= 1
    assert SILENT[test] >= 1
