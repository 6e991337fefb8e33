"""Scenarios of an allocation: the same scheme with other shares of its factors, floor or cap.

`NAME` is the scheme as it is, `NAME:performance=40,floor=0.5` the scheme with performance at 40 percent of the pool (the other
factors share the rest as before) and a floor of half of last year's amount. Not here: running one (`allocation/propose.py`).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Any

from orchestration.errors import UsageError
from orchestration.scheme.read import Scheme

MOST = 3
FACTORS = ("base", "task", "performance", "difficulty", "input")
BOUNDS = ("floor", "cap")
STEP = Decimal("0.01")
# most of last year's amount that a bound can be, and its places
MOST_TIMES, PLACE = 1000, Decimal("0.0001")


@dataclass(frozen=True)
class Scenario:
    """A name, the shares of factors that differ from the scheme (percent), and its bounds that differ (of last year)."""

    name: str
    shares: dict[str, Decimal] = field(default_factory=dict)
    bounds: dict[str, Decimal] = field(default_factory=dict)


def read_scenario(text: str) -> Scenario:
    """A scenario as written on the command line; UsageError when it cannot be read."""
    name, _, changes = text.partition(":")
    shares, bounds = {}, {}
    for change in filter(None, changes.split(",")):
        key, _, value = change.partition("=")
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        most, place = (MOST_TIMES, PLACE) if key in BOUNDS else (100, STEP)
        good = number.is_finite() and 0 <= number <= most and number == number.quantize(place)
        if not good or key not in (*BOUNDS, *FACTORS):
            raise UsageError(
                f"情景 {text!r} 不对：请写成 名称:performance=40,floor=0.7，因素可用 {'、'.join(FACTORS)}；"
                f"份额为 0 至 100、最多两位小数，floor 和 cap 为上年的 0 至 {MOST_TIMES} 倍、最多四位小数。",
                f"{text!r} is no scenario: write NAME:performance=40,floor=0.7; factors are {', '.join(FACTORS)}; shares are 0 to"
                f" 100 with two decimals, floor and cap 0 to {MOST_TIMES} times last year's amount with four.",
            )
        (bounds if key in BOUNDS else shares)[key] = number
    if not name.strip():
        raise UsageError(
            "情景要有名称，例如 重绩效:performance=40。", "a scenario needs a name, such as strong:performance=40."
        )
    return Scenario(name.strip(), shares, bounds)


def read_scenarios(texts: Sequence[str]) -> list[Scenario]:
    """Up to three scenarios of different names; the proposal where none is asked for."""
    if len(texts) > MOST:
        raise UsageError(f"一次最多比较 {MOST} 个情景。", f"at most {MOST} scenarios at a time.")
    scenarios = [read_scenario(text) for text in texts] or [Scenario("proposal")]
    if len({scenario.name for scenario in scenarios}) < len(scenarios):
        raise UsageError("情景名称不能重复。", "scenarios must have different names.")
    return scenarios


def variants(scheme: Scheme, scenarios: Sequence[Scenario]) -> list[Scheme]:
    """The scheme as each scenario has it, under a name of its own; UsageError for a factor that the scheme does not have."""
    return [_variant(scheme, scenario) for scenario in scenarios]


def sensitivity(scenario: Scenario, scheme: Scheme, by: Decimal = Decimal("0.2")) -> list[Scenario]:
    """The scenario with each factor's share up and down by a part of itself, the others sharing the rest."""
    shares = _shares(_variant(scheme, scenario).content["allocation"]["factors"])
    found = []
    for factor, share in shares.items():
        if share < 100:
            for sign, word in ((1, "up"), (-1, "down")):
                moved = min(Decimal(100), share * (1 + sign * by))
                found.append(replace(scenario, name=f"{factor}:{word}", shares={**scenario.shares, factor: moved}))
    return found


def _shares(factors: Sequence[dict[str, Any]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for factor in factors:
        found[factor["factor"]] = found.get(factor["factor"], Decimal(0)) + Decimal(str(factor["share"]))
    return found


def _variant(scheme: Scheme, scenario: Scenario) -> Scheme:
    content = copy.deepcopy(scheme.content)
    allocation = content.get("allocation")
    if not allocation:
        raise UsageError(
            f"方案 {scheme.name} 没有资金分配部分：请换一个方案。",
            f"the scheme {scheme.name} does not allocate: take another.",
        )
    now = _shares(allocation["factors"])
    unknown = sorted(set(scenario.shares) - set(now))
    total = sum(scenario.shares.values())
    if unknown or total > 100 or (set(scenario.shares) == set(now) and total != 100):
        raise UsageError(
            f"情景 {scenario.name} 的份额不对：方案的因素为 {'、'.join(now)}，份额合计不超过 100。",
            f"shares of scenario {scenario.name}: the scheme has {', '.join(now)}, and they come to 100 at most.",
        )
    rest_now = sum(share for name, share in now.items() if name not in scenario.shares)
    rest = 100 - total
    exact = []
    for factor in allocation["factors"]:
        share, kind = Decimal(str(factor["share"])), factor["factor"]
        exact.append(share * scenario.shares[kind] / now[kind] if kind in scenario.shares else share * rest / rest_now)
    whole = [share.quantize(STEP, ROUND_DOWN) for share in exact]
    # hundredths left over go to the largest remainders, so that shares come to 100 exactly
    order = sorted(range(len(exact)), key=lambda n: (whole[n] - exact[n], n))
    for n in order[: int((100 - sum(whole)) / STEP)]:
        whole[n] += STEP
    for factor, share in zip(allocation["factors"], whole, strict=True):
        factor["share"] = share
    for bound, part in scenario.bounds.items():
        allocation[bound] = {**allocation.get(bound, {}), "of_last_year": part}
    content["scheme"] = f"{scheme.name}/{scenario.name}"
    return Scheme(content, scheme.sha256, scheme.path)
