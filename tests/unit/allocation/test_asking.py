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


def test_one_recipient_is_locked_once_and_an_empty_pool_is_no_pool():
    from orchestration.commands.allocate import _request

    assert _request(2022, "0.02", None, None, None, None, ["a=1", "b=2"]).locks == {"a": 100, "b": 200}
    for pool, lock, why in ((None, ["a=1", "a=2"], "给了两次"), ("", [], "应是以元计的数"), (None, ["a"], "应写成 代码=元")):
        with pytest.raises(UsageError, match=why):
            _request(2022, pool, None, None, None, None, lock)


def test_the_list_of_decisions_breaks_no_amount_and_no_day(capsys):
    from orchestration.commands.allocation_tables import differing, show_list
    from orchestration.commands.session import Session

    rows = [{"allocation_id": "0123456789", "decides": what, "year": 2022, "allocator_unit": "500103", "pool_fen": pool,
             "decided_by": "区人力资源和社会保障局局长办公会", "decided_at": "2022-01-05T08:00:00Z", "is_standing": pool is None}
            for what, pool in (("allocation", 10**15), ("quota", None))]  # fmt: skip
    for lang in ("zh", "en"):
        session = Session(None, lang)
        show_list(session, rows)
        said = capsys.readouterr().out
        assert "10,000,000,000,000.00" in said and said.count("2022-01-05") == 2
    show_list(session, [])
    assert "No decision yet" in capsys.readouterr().out
    assert differing(session, [{"recipient_id": "a", "decided_fen": 123_456, "replayed_fen": None}]) == [
        "a: decided 1,234.56, computed again none"
    ]
