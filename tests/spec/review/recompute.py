"""The review computed again in plain Python, from docs/review.md and the file of the scheme; no code of the product is read.

`scores(scheme, figures, mix, plans, units, bases)` scores published figures; `chain(...)` walks the negotiated levels.
Figures are Fractions where the documents give an exact rule, floats where they give a root. Not here: any expectation.
"""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction

Z2 = Fraction("3.8416")  # 1.96 squared: the 95 % interval


def wilson(passed: float, base: float) -> tuple[float, float]:
    """The 95 % score interval of a share, by its textbook form: the roots of (p - rate)^2 = z^2 p (1 - p) / n."""
    z2, rate = float(Z2), passed / base
    a, b, c = 1 + z2 / base, 2 * rate + z2 / base, rate * rate
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return round((b - root) / (2 * a), 12), round((b + root) / (2 * a), 12)


def share_of_full_marks(line: dict, value: Fraction, target: Fraction | None, peers: list[Fraction]) -> Fraction:
    """Part of the weight that a value earns by the line's rule; of a penalty, points (negative)."""
    up = line["direction"] == "up"
    if line["rule"] == "penalty":
        return -min(exact(line["maximum_points"]), max(Fraction(0), value) * exact(line["points_per_unit"]))
    if line["rule"] == "rank":
        better = sum(1 for other in peers if (other > value if up else other < value))
        return Fraction(len(peers) - 1 - better, len(peers) - 1)
    if line["rule"] == "threshold":
        reached = [s for s in line["steps"] if (value >= exact(s["at"]) if up else value <= exact(s["at"]))]
        return max((exact(step["share"]) for step in reached), default=Fraction(0))
    cap = exact(line.get("cap", 1))
    if not up and value <= 0:
        return cap
    return max(Fraction(0), min(cap, value / target if up else target / value))


def exact(number: float | str | None) -> Fraction | None:
    """A number of a scheme as it is written."""
    return None if number is None else Fraction(str(number))


def scores(scheme: dict, figures: dict, mix: dict, plans: dict, kinds: dict[str, str], sampled: set[str]) -> dict:
    """{(kind, subject, unit, period): {"lines": {no: {...}}, "total", "covered", "rank", "grade"}}.

    `figures`: (kind, subject, unit, period, measure) -> (numerator, denominator, value); `mix`: the same key -> {"adjusted",
    "shrunk", "reference", "low", "high"}; `plans`: (unit, subject, measure, period) -> target; `kinds`: measure -> ratio, count…
    """
    subjects = sorted(
        key[:4] for key, (_, _, value) in figures.items()
        if key[4] == "person_times" and key[0] in scheme["indicators"] and (value > 0 or key[0] == "district")
    )  # fmt: skip
    rows: dict[tuple, dict] = {key: {"lines": {}} for key in subjects}
    for key in subjects:
        for number, line in enumerate(scheme["indicators"][key[0]], start=1):
            rows[key]["lines"][number] = read_line(line, key, figures, mix, plans, kinds, sampled)
    for kind, lines in scheme["indicators"].items():
        for number, line in enumerate(lines, start=1):
            field: dict[tuple, list] = defaultdict(list)
            for key in subjects:
                if key[0] == kind:
                    field[peers_of(key)].append(rows[key]["lines"][number])
            for found in field.values():
                values = [Fraction(own["value"]) for own in found if own["value"] is not None]
                for own in found:
                    mark(line, own, values)
    for key, row in rows.items():
        add_up(row, scheme["indicators"][key[0]])
    for key, row in rows.items():
        same = [
            other for name, other in rows.items()
            if (name[0], name[3], peers_of(name)) == (key[0], key[3], peers_of(key)) and is_covered(scheme, other)
        ]  # fmt: skip
        row["rank"] = row["grade"] = None
        if is_covered(scheme, row):
            row["rank"] = 1 + sum(1 for other in same if other["total"] > row["total"])
            reached = [
                g for g in scheme["grades"]
                if key[0] in g.get("subjects", [key[0]]) and row["total"] >= exact(g["from"])
            ]  # fmt: skip
            row["grade"] = max(reached, key=lambda g: g["from"])["grade"]
    return rows


def peers_of(key: tuple) -> tuple:
    """Districts stand against all of the scheme, others against those of their unit; always of the same period."""
    return (key[3],) if key[0] == "district" else (key[2], key[3])


def read_line(line: dict, key: tuple, figures: dict, mix: dict, plans: dict, kinds: dict, sampled: set) -> dict:
    """Value that is scored, target, sample and interval of one line."""
    kind, subject, unit, period = key
    numerator, base, raw = figures.get((*key, line["measure"]), (None, None, None))
    own = mix.get((*key, line["measure"]))
    basis = line.get("basis", "raw")
    value = raw if basis == "raw" else own and own[basis]
    reference = own["reference"] if own else reference_of(line["measure"], key, figures)
    said, otherwise, target = line.get("target"), exact(line.get("otherwise")), None
    if said == "plan":
        part = 4 if kinds[line["measure"]] in ("count", "amount") else 1
        target = plans.get((unit, subject, line["measure"], period))
        year = plans.get((unit, subject, line["measure"], period[:4]))
        if target is None and year is not None:
            target = Fraction(year) / part
        target = otherwise if target is None else Fraction(target)
    elif said == "reference":
        target = otherwise if reference is None else Fraction(reference)
    else:
        target = exact(said if said is not None else line.get("otherwise"))
    interval = None
    if line["measure"] in sampled and base and value is not None:
        interval = (own["low"], own["high"]) if basis != "raw" else wilson(float(raw) * base, base)
    is_ratio = kinds[line["measure"]] == "ratio"
    sample = (base or 0) if is_ratio else math.inf
    return {"value": value, "target": target, "reference": reference, "sample": sample, "interval": interval}


def reference_of(measure: str, key: tuple, figures: dict) -> float | None:
    """Of a figure that is not adjusted: the rate over the peers, of counts their mean."""
    same = [
        f for name, f in figures.items()
        if name[4] == measure and (name[0], peers_of(name[:4])) == (key[0], peers_of(key)) and f[2] is not None
    ]  # fmt: skip
    if not same:
        return None
    # a figure with a numerator alone is its own sum; a rate is the sum of the parts over the sum of the bases
    top = math.fsum(n for n, _, _ in same if n is not None)
    bottom = math.fsum(d for _, d, _ in same if d is not None)
    return top / bottom if bottom else math.fsum(v for _, _, v in same) / len(same)


def mark(line: dict, own: dict, values: list[Fraction]) -> None:
    """Whether a line is scored, its share of full marks, and the verdict."""
    enough = own["sample"] >= line.get("minimum_sample", 0)
    own["is_scored"] = own["value"] is not None and enough
    if line["rule"] == "ratio":
        own["is_scored"] &= own["target"] is not None and own["target"] > 0
    if line["rule"] == "rank":
        own["is_scored"] &= len(values) > 1
    own["share"] = None
    if own["is_scored"]:
        own["share"] = share_of_full_marks(line, Fraction(own["value"]), own["target"], values)
    elif line["rule"] == "penalty":
        own["share"] = Fraction(0)
    bar = own["target"] if own["target"] is not None else own["reference"]
    if own["value"] is None or bar is None or line["rule"] == "penalty":
        own["verdict"] = None
    elif not enough:
        own["verdict"] = "cannot_tell"
    elif own["interval"] is None:
        own["verdict"] = "above" if own["value"] >= bar else "below"
    else:
        low, high = own["interval"]
        own["verdict"] = "above" if low > bar else "below" if high < bar else "cannot_tell"


def add_up(row: dict, lines: list[dict]) -> None:
    """Points of every line, total and the weight they rest on."""
    weights = {number: exact(line["weight"]) for number, line in enumerate(lines, start=1)}
    scored = [n for n, own in row["lines"].items() if own["is_scored"] and lines[n - 1]["rule"] != "penalty"]
    row["covered"] = sum((weights[n] for n in scored), Fraction(0))
    for number, own in row["lines"].items():
        if lines[number - 1]["rule"] == "penalty":
            own["points"] = None if own["share"] is None else round(own["share"], 4)
        else:
            # weights and points are kept to four places: what is equal there is a tie
            weight = round(100 * weights[number] / row["covered"], 4) if number in scored else None
            own["points"] = round(own["share"] * weight, 4) if number in scored else None
    points = [own["points"] for own in row["lines"].values() if own["points"] is not None]
    row["total"] = max(Fraction(0), sum(points)) if scored else None


def is_covered(scheme: dict, row: dict) -> bool:
    """Whether enough of the weights is scored for a rank and a grade."""
    return row["total"] is not None and row["covered"] >= exact(scheme.get("minimum_coverage", 50))


def truncated(value: Fraction) -> Fraction:
    """Cut to a tenth, never rounded."""
    return Fraction(math.floor(value * 10), 10)


def chain(lines: dict[tuple, dict[str, Fraction]]) -> dict[tuple, dict]:
    """Negotiated levels of RSA-TAC-20-02: {(programme, unit, year, indicator): {"score", "mean", "overall", "fails", "twice"}}.

    `lines`: the same keys -> actual, negotiated, before (estimate 0), after (estimate 1). "fails": of the line, of the
    programme's mean, of the indicator's mean over the programmes of the unit; "twice": the same failure the year before.
    """
    scores, means, overalls = {}, defaultdict(list), defaultdict(list)
    for (programme, unit, year, indicator), line in lines.items():
        score = truncated(100 * line["actual"] / (line["negotiated"] + line["after"] - line["before"]))
        scores[programme, unit, year, indicator] = score
        means[programme, unit, year].append(score)
        overalls[unit, year, indicator].append(score)
    mean = {key: truncated(sum(found) / len(found)) for key, found in means.items()}
    overall = {key: truncated(sum(found) / len(found)) for key, found in overalls.items()}
    result = {}
    for (programme, unit, year, indicator), score in scores.items():
        told = [
            (score, scores.get((programme, unit, year - 1, indicator)), 50),
            (mean[programme, unit, year], mean.get((programme, unit, year - 1)), 90),
            (overall[unit, year, indicator], overall.get((unit, year - 1, indicator)), 90),
        ]
        result[programme, unit, year, indicator] = {
            "score": score, "mean": told[1][0], "overall": told[2][0], "fails": tuple(now < line for now, _, line in told),
            "twice": any(now < line and before is not None and before < line for now, before, line in told),
        }  # fmt: skip
    return result


def published(connection, scheme: dict, kinds: dict[str, str], sampled: set[str]) -> dict:
    """Scores of every unit of a release by one scheme, from its published figures, case mix and plans."""
    bases = {
        row[0]
        for row in connection.execute(
            "SELECT institution_id FROM marts.dim_institution WHERE is_high_skill_base"
        ).fetchall()
    }
    subject = {"all": "district", "institution_id": "institution", "training_type": "project_class"}
    periods = {
        row[0]
        for row in connection.execute(
            "SELECT period FROM marts.dim_period WHERE period_kind <> 'span' AND is_started"
        ).fetchall()
    }
    units = {
        row[0] for row in connection.execute("SELECT reporting_unit FROM marts.dim_unit WHERE NOT is_rollup").fetchall()
    }
    figures, plans, versions = {}, {}, {}
    rows = [
        (subject[dimension], unit if dimension == "all" else member, unit, period, code, top, bottom, value)
        for code, unit, period, dimension, member, top, bottom, value in connection.execute(
            "SELECT indicator_code, reporting_unit, period, dimension, member, numerator, denominator, value"
            " FROM marts.mart_indicator WHERE dimension IN ('all', 'institution_id', 'training_type')"
        ).fetchall()
    ] + connection.execute(
        "SELECT subject_kind, subject_id, reporting_unit, period, measure, numerator, denominator, value"
        " FROM marts.mart_review_measure"
    ).fetchall()
    for kind, name, unit, period, code, *figure in rows:
        if figure[2] is not None and period in periods and unit in units:
            figures[kind, name, unit, period, code] = tuple(figure)
            if kind == "institution" and name in bases:
                figures["base", name, unit, period, code] = tuple(figure)
    mix = {
        tuple(row[:5]): dict(zip(("adjusted", "shrunk", "reference", "low", "high"), row[5:], strict=True))
        for row in connection.execute(
            "SELECT subject_kind, subject_id, reporting_unit, period, indicator_code, adjusted_value, shrunk_value,"
            " reference_value, interval_low, interval_high FROM marts.mart_review_case_mix"
        ).fetchall()
    }
    for unit, code, period, dimension, member, version, target in connection.execute(
        "SELECT reporting_unit, indicator_code, period, dimension, member, plan_version, target_value"
        " FROM marts.mart_target_progress"
    ).fetchall():
        key = (unit, unit if dimension == "all" else member, code, period)
        if dimension in subject and version >= versions.get(key, -1):
            plans[key], versions[key] = target, version
    return scores(scheme, figures, mix, plans, kinds, sampled)
