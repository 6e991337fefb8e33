"""What a command line may ask of an allocation: amounts and scenarios as written, each refusal with its own reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.allocation.propose import fen
from orchestration.allocation.scenario import read_scenario
from orchestration.errors import UsageError


@pytest.mark.parametrize(
    ("text", "amount"),
    [("0.01", 1), ("20,000,000", 2_000_000_000), ("0.30", 30), ("1e6", 10**8), ("２０", 2000), ("10000000000000", 10**15)],
)
def test_an_amount_is_read_to_the_fen(text, amount):
    assert fen(text) == amount


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "应是以元计的数"), ("2000万", "应是以元计的数"), ("nan", "应是以元计的数"), ("-1", "不能是负数"),
     ("0.001", "最多两位小数"), ("10.123", "最多两位小数"), ("10000000000000.01", "超过上限"), ("1e99", "超过上限")],
)  # fmt: skip
def test_an_amount_that_is_none_is_refused_with_its_own_reason(text, why):
    with pytest.raises(UsageError, match=why):
        fen(text)


@pytest.mark.parametrize("bound", ["1e20", "1000.1", "0.12345", "nan", "-1", ""])
def test_a_bound_that_the_formula_cannot_hold_exactly_is_refused(bound):
    with pytest.raises(UsageError, match="最多四位小数"):
        read_scenario(f"a:floor={bound}")


def test_shares_are_hundredths_of_a_percent_and_bounds_ten_thousandths_of_last_year():
    assert read_scenario("a:performance=33.33,cap=1000").bounds == {"cap": Decimal(1000)}
    for text in ("a:performance=1e-9", "a:performance=100.01", "a:foo=1", ":performance=1"):
        with pytest.raises(UsageError):
            read_scenario(text)
