"""Net effect: the estimates agree with plain algebra on drawn data, the truth lies within, bad files are refused."""

import csv
import warnings
from pathlib import Path

import numpy
import pytest

from orchestration.errors import UsageError
from orchestration.review.comparison import EffectError, read_frame
from orchestration.review.effect import effect

TRUTH = 0.15
HEADER = ("trained", "employed", "age", "school", "worked_before")


def drawn(count: int = 3000) -> list[tuple]:
    """People of whom the employable are trained more often; training adds 15 points to everybody's chance of work."""
    draw = numpy.random.default_rng(20211231)
    age, before = draw.integers(18, 60, count), draw.integers(0, 2, count)
    school = draw.choice(["初中", "高中", "大专"], count)
    odds = -0.5 + 0.03 * (age - 35) + 0.8 * before + 0.5 * (school == "大专")
    trained = (draw.random(count) < 1 / (1 + numpy.exp(-odds))).astype(int)
    chance = 0.35 + TRUTH * trained + 0.2 * before - 0.004 * (age - 35) + 0.1 * (school == "大专")
    employed = (draw.random(count) < chance).astype(int)
    return list(zip(trained, employed, age, school, before, strict=True))


def write(path: Path, rows: list[tuple], header: tuple = HEADER) -> Path:
    """The rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    path = write(tmp_path_factory.mktemp("effect") / "people.csv", drawn())
    return path, effect(path, "trained", "employed")


def test_the_plain_difference_flatters_and_the_estimates_hold_the_truth(found):
    _, result = found
    assert result["mean_trained"] - result["mean_comparison"] > TRUTH + 0.03
    for estimate in result["effects"]:
        assert estimate["low"] < TRUTH < estimate["high"] and estimate["verdict"] == "above"
        assert 0.012 < estimate["standard_error"] < 0.025
    assert {(e["method"], e["group"]) for e in result["effects"]} == {
        (m, g) for m in ("regression_adjustment", "propensity_weighting") for g in ("treated", "all")
    }


def test_regression_adjustment_is_the_difference_of_two_least_squares_predictions(found):
    path, result = found
    frame = read_frame(path, "trained", "employed")
    design = numpy.column_stack([numpy.ones(len(frame.trained)), frame.traits])
    is_trained = frame.trained == 1
    fits = [
        numpy.linalg.lstsq(design[group], frame.outcome[group], rcond=None)[0] for group in (is_trained, ~is_trained)
    ]
    for group, rows in (("treated", design[is_trained]), ("all", design)):
        (estimate,) = (e for e in result["effects"] if (e["method"], e["group"]) == ("regression_adjustment", group))
        assert estimate["effect"] == pytest.approx(float((rows @ (fits[0] - fits[1])).mean()), abs=1e-6)


def test_the_balance_table_says_what_differed_and_that_weighting_mends_it(found):
    _, result = found
    balance = {row["trait"]: row for row in result["balance"]}
    assert len(balance) == 4 and {"age", "worked_before"} < set(balance), "two numbers and two of the three schools"
    assert balance["worked_before"]["difference_before"] > 0.3
    assert all(row["is_balanced"] and abs(row["difference_after"]) < 0.02 for row in balance.values())


SMALL = [(n % 2, n % 3, 20 + n % 7, "初中", n % 5) for n in range(120)]
BAD = {
    "too few": (SMALL[:59], {}, EffectError, "每组至少需要 30 人"),
    "group not 0 or 1": ([(n % 3, *row[1:]) for n, row in enumerate(SMALL)], {}, EffectError, "只能是 1（培训）和 0（对照）"),
    "outcome in words": ([(row[0], "是", *row[2:]) for row in SMALL], {}, EffectError, "employed 不是数字"),
    "names as a trait": (
        [(*row[:3], f"甲{n}", row[4]) for n, row in enumerate(SMALL)], {}, EffectError, "school 有 30 种以上取值"),
    "numbers of people": (
        [(*row[:2], 509901199001010000 + n, *row[3:]) for n, row in enumerate(SMALL)], {}, EffectError, "age 有大于"),
    "no such column": (SMALL, {"covariates": ("height",)}, UsageError, "没有列 height"),
    "the outcome as a trait": (SMALL, {"covariates": ("employed",)}, UsageError, "须是不同的列"),
    "everybody with the same result": ([(row[0], 1, *row[2:]) for row in SMALL], {}, EffectError, "标准误算不出"),
    "the result is the group": ([(row[0], row[0], *row[2:]) for row in SMALL], {}, EffectError, "标准误算不出"),
    "one number as the only trait": (SMALL, {"covariates": ("age",)}, EffectError, "标准误算不出"),
    "no rows": ([], {}, EffectError, "没有数据行"),
    "a number that is words here and there": (
        [(*row[:2], "不详" if n % 9 == 0 else 20 + n, *row[3:]) for n, row in enumerate(SMALL)], {}, EffectError,
        "age 应是数字，但有 14 行不是"),
    "rows of different lengths": (
        [row + ("x",) * (n % 3) for n, row in enumerate(SMALL)], {}, EffectError, "列数不一致"),
    "told apart entirely": (
        [(n % 2, n % 3, 20 + 10 * (n % 2) + n % 7, "初中", 1) for n in range(120)], {}, EffectError, "完全分开"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_does_not_bear_a_comparison_is_refused(name, tmp_path):
    rows, extra, kind, said = BAD[name]
    with warnings.catch_warnings(), pytest.raises(kind) as refused:
        warnings.simplefilter("error", RuntimeWarning)  # nothing but the sentence is said
        effect(write(tmp_path / "people.csv", rows), "trained", "employed", **extra)
    assert said in refused.value.zh and "甲1" not in refused.value.zh and "5099011990" not in refused.value.zh


def test_rows_with_a_blank_and_traits_that_others_say_are_left_out_and_told(tmp_path):
    rows = [(*row, row[2] * 2) for row in SMALL] + [(1, 1, None, "初中", 1, 4)]
    frame = read_frame(write(tmp_path / "people.csv", rows, (*HEADER, "twice_the_age")), "trained", "employed")
    assert (frame.rows_read, frame.rows_left_out, frame.left_out) == (121, 1, ["twice_the_age"])
    assert frame.names == ["age", "worked_before"]


def test_what_other_programs_write_for_the_unknown_is_a_blank(tmp_path):
    rows = [*SMALL, (1, 1, "nan", "初中", 1), (0, "NaN", 30, "初中", 1), (0, 1, "inf", "初中", 1)]
    frame = read_frame(write(tmp_path / "people.csv", rows), "trained", "employed", ("age", "age", "worked_before"))
    assert (frame.rows_read, frame.rows_left_out, frame.names) == (123, 3, ["age", "worked_before"])
