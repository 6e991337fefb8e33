"""Scores of drawn schemes over drawn figures, and of a bureau's release, against the plain recomputation of recompute.py."""

from __future__ import annotations

import random

import pytest

from orchestration.scheme.read import measures
from tests.spec.review.desk import Desk, scheme
from tests.spec.review.recompute import scores

KNOWN = {name: measure for name, measure in measures().items() if "indicator" in measure["use"]}
KINDS = {name: measure["kind"] for name, measure in KNOWN.items()}
SAMPLED = {name for name, measure in KNOWN.items() if measure.get("is_sampled")}
ADJUSTED = sorted(name for name, measure in KNOWN.items() if measure.get("is_adjusted"))
COUNTS = sorted(name for name, kind in KINDS.items() if kind in ("count", "amount") and name != "person_times")
RATES = sorted(SAMPLED)
PERIODS = ("2020", "2021", "2021Q1")
TABLES = ("indicator", "review_measure", "review_case_mix", "target_progress")
UNITS = ("500101", "500102", "500103", "500105")


def drawn_line(draw: random.Random, measure: str, weight: str) -> dict:
    """A sound line of a scheme on this measure."""
    up, rule = draw.random() < 0.7, draw.choice(("ratio", "ratio", "ratio", "threshold", "rank"))
    own = {"measure": measure, "weight": float(weight), "direction": "up" if up else "down", "rule": rule, "reason": "仅供测试",
           "clause": "测试", "minimum_sample": draw.choice((0, 1, 30))}  # fmt: skip
    size = 100 if KINDS[measure] != "ratio" else 1
    if rule == "ratio":
        own["target"] = draw.choice(("plan", "reference", round(draw.uniform(0.2, 1) * size, 2)))
        own |= {"cap": draw.choice((1, 1.2, 0.8))} if draw.random() < 0.5 else {}
        own |= {"otherwise": round(0.5 * size, 2)} if own["target"] == "plan" and draw.random() < 0.5 else {}
    if rule == "threshold":
        at, part = sorted(draw.sample(range(1, 100), 3)), sorted(draw.sample(range(0, 101), 3))
        pairs = zip(at, part if up else part[::-1], strict=True)
        own["steps"] = [{"at": a * size / 100, "share": s / 100} for a, s in pairs]
        draw.shuffle(own["steps"])
    if measure in ADJUSTED:
        own["basis"] = draw.choice(("raw", "adjusted", "shrunk"))
    return own


def drawn_scheme(draw: random.Random):
    """Lines for districts, institutions and bases whose weights come to 100, most with a penalty."""
    found = {}
    for kind in ("district", "institution", "base"):
        names = ["person_times", *draw.sample(RATES, draw.randint(1, 4)), *draw.sample(COUNTS, draw.randint(0, 2))]
        cuts = sorted(draw.sample(range(1, 10000), len(names) - 1))
        weights = [b - a for a, b in zip([0, *cuts], [*cuts, 10000], strict=True)]
        found[kind] = [drawn_line(draw, n, f"{w / 100:.2f}") for n, w in zip(names, weights, strict=True)]
        if draw.random() < 0.7:
            found[kind].append({"measure": "blocked_share", "weight": 0, "direction": "down", "rule": "penalty",
                                "points_per_unit": 70, "maximum_points": 9, "reason": "仅供测试", "clause": "测试"})  # fmt: skip
    return scheme(found["district"], indicators=found, minimum_coverage=draw.choice((0, 40, 60)))


def fill(desk: Desk, draw: random.Random) -> tuple[dict, dict, dict]:
    """Figures, case mix and plans, in the desk's tables and as the recomputation takes them."""
    figures, mix, plans = {}, {}, {}
    tables: dict[str, list[tuple]] = {f"mart_{name}": [] for name in TABLES}
    desk.connection.executemany("INSERT INTO marts.dim_unit VALUES (?, false)", [[unit] for unit in UNITS])
    for unit in UNITS:
        members = [(unit, "district")] + [(f"I{n}-{unit}", "institution") for n in range(draw.randint(1, 6))]
        for subject, kind in members:
            is_base = kind == "institution" and subject[1] in "01"
            if kind == "institution":
                desk.add("dim_institution", institution_id=subject, is_high_skill_base=is_base)
            kinds = ("institution", "base") if is_base else (kind,)
            for period in PERIODS:
                for name in ["person_times", *RATES, *COUNTS, "blocked_share"]:
                    if draw.random() < 0.12 and name != "person_times":
                        continue
                    if name in SAMPLED or name == "blocked_share":
                        base = draw.choice((1, 4, 29, 30, 31, 200, 5000))
                        top = draw.randint(0, base)
                        figure = (float(top), float(base), top / base)
                    else:
                        top = draw.choice((0, draw.randint(1, 120)))
                        figure = (float(top), None, float(top))
                    for own in kinds:
                        figures[own, subject, unit, period, name] = figure
                    if name == "blocked_share":
                        tables["mart_review_measure"].append((kind, subject, unit, period, name, *figure))
                    else:
                        place = ("all", "all") if kind == "district" else ("institution_id", subject)
                        tables["mart_indicator"].append((name, unit, period, *place, *figure))
                    if name in ADJUSTED and draw.random() < 0.8:
                        adjusted, shrunk, low, high = sorted(draw.random() for _ in range(4))
                        for own in kinds:
                            mix[own, subject, unit, period, name] = {
                                "adjusted": adjusted, "shrunk": shrunk, "reference": 0.5, "low": low, "high": high}  # fmt: skip
                            tables["mart_review_case_mix"].append(
                                (own, subject, unit, period, name, 0.4, 0.5, adjusted, low, high, 0.5, shrunk))  # fmt: skip
        for subject, kind in members:
            for name in ["person_times", *RATES, *COUNTS]:
                for period in PERIODS:
                    if draw.random() < 0.4:
                        aim = draw.randint(1, 100) / (1 if KINDS[name] != "ratio" else 100)
                        plans[unit, subject, name, period] = aim
                        breakdown = "" if kind == "district" else f"institution_id={subject}"
                        tables["mart_target_progress"].append((unit, name, period, breakdown, 0, False, aim / 2))
                        tables["mart_target_progress"].append((unit, name, period, breakdown, 1, True, aim))
    for name, rows in tables.items():
        # one statement: row by row DuckDB takes seconds
        listed = ", ".join("(" + ", ".join("NULL" if v is None else repr(v) for v in row) + ")" for row in rows)
        desk.connection.execute(f"INSERT INTO marts.{name} VALUES {listed}")
    return figures, mix, plans


@pytest.mark.parametrize("seed", range(14))
def test_a_drawn_scheme_scores_as_the_plain_recomputation_does(seed):
    draw, desk = random.Random(seed), Desk()
    figures, mix, plans = fill(desk, draw)
    tried = drawn_scheme(draw)
    expected = scores(tried.content, figures, mix, plans, KINDS, SAMPLED)
    desk.score(tried)
    compare(desk.connection, "temp.mart_review", expected)


def compare(connection, table: str, expected: dict) -> None:
    """Every line, total, rank and grade of a scored table equals the recomputation's."""
    cursor = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    keys = [(r["subject_kind"], r["subject_id"], r["reporting_unit"], r["period"]) for r in rows]
    assert set(keys) == set(expected)
    for key, found in zip(keys, rows, strict=True):
        row = expected[key]
        own, where = row["lines"][found["line_no"]], (*key, found["line_no"])
        assert (own["is_scored"], own["verdict"]) == (found["is_scored"], found["verdict"]), where
        assert as_float(own["target"]) == pytest.approx(found["target_value"]), where
        assert as_float(own["share"]) == pytest.approx(found["share"]), where
        # a weight is kept to four places before it is multiplied
        assert as_float(own["points"]) == pytest.approx(as_float(found["score"]), abs=2e-4), where
        assert as_float(row["total"]) == pytest.approx(as_float(found["total_score"]), abs=1e-3), where
        assert as_float(row["covered"]) == pytest.approx(float(found["covered_weight"])), where
        assert (row["rank"], row["grade"]) == (found["rank"], found["grade"]), where


def as_float(value):
    return None if value is None else float(value)
