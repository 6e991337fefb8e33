"""Net effect of training where a comparison group is supplied: regression adjustment and propensity weighting (statsmodels).

The file holds one row per person: a column that says who was trained (1) and who was not (0), one outcome, and traits known
before the training. Only what the file says is compared: whoever differs in a trait that is not in it still differs.
Not here: reviews from a release (`review/score.py`). Nothing of the file is kept; no message holds a value of one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.sql import literal
from orchestration.errors import SkillhouseError, UsageError
from orchestration.query import records

LEAST = 30  # persons of each group: below, a standard error says little
LEVELS = 30  # members of a trait in words; more is a name or a number of somebody
RAREST = 10  # persons that a member of a trait in words needs to be named
LARGEST = 1_000_000_000  # a larger number in a trait is a number of somebody
UNBALANCED = 0.1  # standardised difference from which on a trait is called unbalanced
OVERLAP = (0.05, 0.95)  # propensities outside it have hardly anybody to be compared with
CONFIDENCE = 1.959963984540054
TINY = 1e-12  # a smaller standard error is what is left of a computer's rounding


class EffectError(SkillhouseError):
    """A comparison that cannot be made of the file supplied."""


@dataclass
class Frame:
    """The rows used, as arrays: trained 0/1 of n, outcome of n, traits of n x k with their names."""

    trained: Any
    outcome: Any
    traits: Any
    names: list[str]
    rows_read: int
    rows_left_out: int
    left_out: list[str]


def effect(path: Path, treatment: str, outcome: str, covariates: Sequence[str] = ()) -> dict[str, Any]:
    """Effects on the trained and on all with standard errors and 95 % intervals, the balance of every trait before and after.

    `path`: CSV or Parquet; `covariates`: columns of traits, default all others. EffectError for a file that does not bear it.
    """
    frame = read_frame(path, treatment, outcome, covariates)
    import warnings

    import numpy
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.regression.linear_model import OLS
    from statsmodels.tools.sm_exceptions import PerfectSeparationError, PerfectSeparationWarning
    from statsmodels.treatment.treatment_effects import TreatmentEffect

    design = numpy.column_stack([numpy.ones(len(frame.trained)), frame.traits])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PerfectSeparationWarning)
            selection = Logit(frame.trained, design).fit(disp=False, maxiter=100)
            if not selection.mle_retvals["converged"]:
                raise _separated()
            model = TreatmentEffect(OLS(frame.outcome, design), frame.trained.astype(int), results_select=selection)
            estimates = [
                _estimate(model, method, group) for method in ("ra", "ipw") for group in ("treated", "all")
            ]  # fmt: skip
    except (PerfectSeparationError, PerfectSeparationWarning) as error:
        raise _separated() from error
    except numpy.linalg.LinAlgError as error:
        raise _no_error() from error
    if not all(numpy.isfinite(found["standard_error"]) and found["standard_error"] > TINY for found in estimates):
        raise _no_error()
    propensity = selection.predict()
    return {
        "file": path.name, "treatment": treatment, "outcome": outcome, "covariates": frame.names,
        "rows_read": frame.rows_read, "rows_left_out": frame.rows_left_out, "columns_left_out": frame.left_out,
        "trained": int(frame.trained.sum()), "comparison": int((1 - frame.trained).sum()),
        "mean_trained": float(frame.outcome[frame.trained == 1].mean()),
        "mean_comparison": float(frame.outcome[frame.trained == 0].mean()),
        "effects": estimates, "balance": _balance(frame, propensity), "overlap": _overlap(frame, propensity),
    }  # fmt: skip


def _separated() -> EffectError:
    return EffectError(
        "两组可以由所给特征完全分开，没有可比的人：请去掉只有一组才有的特征，或换一个对照组。",
        "the traits tell the two groups apart entirely, so nobody can be compared: drop such traits or supply another group.",
    )


def _no_error() -> EffectError:
    # with one number as the only trait statsmodels gives an effect and no standard error
    return EffectError(
        "标准误算不出：结果在某一组内人人相同，或者只有一个数值特征。请检查结果列，或再加一个特征。",
        "no standard error: within a group everybody has the same result, or one number is the only trait; check the result"
        " or add a trait.",
    )


def _estimate(model: Any, method: str, group: str) -> dict[str, Any]:
    found = getattr(model, method)(return_results=True, effect_group=1 if group == "treated" else "all")
    value, error = float(found.effect[0]), float(found.sd[0])
    return {
        "method": {"ra": "regression_adjustment", "ipw": "propensity_weighting"}[method], "group": group, "effect": value,
        "standard_error": error, "low": value - CONFIDENCE * error, "high": value + CONFIDENCE * error,
        "verdict": "above" if value > CONFIDENCE * error else "below" if value < -CONFIDENCE * error else "cannot_tell",
    }  # fmt: skip


def _balance(frame: Frame, propensity: Any) -> list[dict[str, Any]]:
    """Means of each trait and the difference in standard deviations of the trained, before and after weighting to them."""
    import numpy

    is_trained = frame.trained == 1
    weights = propensity[~is_trained] / (1 - propensity[~is_trained])
    trained, others = frame.traits[is_trained], frame.traits[~is_trained]
    spread = numpy.sqrt((trained.var(axis=0, ddof=1) + others.var(axis=0, ddof=1)) / 2)
    spread[spread == 0] = 1
    means = trained.mean(axis=0), others.mean(axis=0), numpy.average(others, axis=0, weights=weights)
    before, after = (means[0] - means[1]) / spread, (means[0] - means[2]) / spread
    return [
        {"trait": name, "mean_trained": float(a), "mean_comparison": float(b), "mean_weighted": float(c),
         "difference_before": float(d), "difference_after": float(e), "is_balanced": bool(abs(e) < UNBALANCED)}
        for name, a, b, c, d, e in zip(frame.names, *means, before, after, strict=True)
    ]  # fmt: skip


def _overlap(frame: Frame, propensity: Any) -> dict[str, Any]:
    others = propensity[frame.trained == 0]
    weights = others / (1 - others)
    outside = (propensity < OVERLAP[0]) | (propensity > OVERLAP[1])
    return {
        "lowest": float(propensity.min()), "highest": float(propensity.max()), "outside_ratio": float(outside.mean()),
        "effective_comparison": float(weights.sum() ** 2 / (weights**2).sum()),
    }  # fmt: skip


def read_frame(path: Path, treatment: str, outcome: str, covariates: Sequence[str] = ()) -> Frame:
    """Read and check the file: rows with a blank in any column used are left out, words become one column per member."""
    import duckdb
    import numpy

    connection = duckdb.connect()
    try:
        types = _columns(connection, path)
        traits = list(covariates) or [name for name in types if name not in (treatment, outcome)]
        if missing := [name for name in (treatment, outcome, *traits) if name not in types]:
            raise UsageError(
                f"{path.name} 没有列 {'、'.join(missing)}；现有 {'、'.join(types)}。",
                f"{path.name} has no column {', '.join(missing)}; it has {', '.join(types)}.",
            )
        if not traits or {treatment, outcome} & set(traits) or treatment == outcome:
            raise UsageError(
                "分组、结果与特征须是不同的列，且至少有一个特征。",
                "group, outcome and traits are different columns, one trait at least.",
            )
        _check_group(connection, path, treatment, outcome, types)
        used = " AND ".join(f"{_name(column)} IS NOT NULL" for column in (treatment, outcome, *traits))
        connection.execute(f"CREATE TABLE used AS SELECT * FROM given WHERE {used}")
        (counts,) = records(
            connection,
            "SELECT (SELECT count(*) FROM given) AS rows_read, count(*) AS kept,"
            f" count_if({_name(treatment)}::INTEGER = 1) AS trained FROM used",
        )
        others = counts["kept"] - counts["trained"]
        if min(counts["trained"], others) < LEAST:
            raise EffectError(
                f"每组至少需要 {LEAST} 人（各列齐全）：培训组 {counts['trained']} 人，对照组 {others} 人。",
                f"each group needs {LEAST} complete rows: trained {counts['trained']}, comparison {others}.",
            )
        columns = [column for trait in traits for column in _terms(connection, path, trait, types[trait])]
        listed = ", ".join(f"({sql})::DOUBLE AS c{n}" for n, (_, sql) in enumerate(columns))
        found = connection.execute(
            f"SELECT {_name(treatment)}::DOUBLE AS t, {_name(outcome)}::DOUBLE AS y, {listed} FROM used"
        ).fetchnumpy()
    finally:
        connection.close()
    matrix = numpy.column_stack([found[f"c{n}"] for n in range(len(columns))])
    kept = _independent(matrix)
    return Frame(
        numpy.asarray(found["t"]), numpy.asarray(found["y"]), matrix[:, kept], [columns[n][0] for n in kept], counts["rows_read"],
        counts["rows_read"] - counts["kept"], [name for n, (name, _) in enumerate(columns) if n not in kept],
    )  # fmt: skip


def _columns(connection: Any, path: Path) -> dict[str, str]:
    import duckdb

    readers = {".csv": "read_csv({}, header=true, sample_size=-1)", ".parquet": "read_parquet({})"}
    if path.suffix.lower() not in readers or not path.is_file():
        raise UsageError(
            f"{path.name} 不是可读的 CSV 或 Parquet 文件：请检查路径与扩展名。",
            f"{path.name} is no CSV or Parquet file: check path and ending.",
        )
    try:
        reader = readers[path.suffix.lower()].format(literal(path))
        connection.execute(f"CREATE TABLE given AS SELECT * FROM {reader}")
    except duckdb.Error as error:
        raise EffectError(
            f"{path.name} 无法读取：请另存为带表头的 CSV（UTF-8）或 Parquet。",
            f"{path.name} cannot be read: save it as CSV (UTF-8) or Parquet.",
        ) from error
    return {row["column_name"]: row["column_type"] for row in records(connection, "DESCRIBE given")}


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


NUMBERS = (
    "DECIMAL",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UINTEGER",
    "UBIGINT",
    "FLOAT",
    "DOUBLE",
    "BOOLEAN",
)


def _is_number(kind: str) -> bool:
    return kind.startswith(NUMBERS)


def _check_group(connection: Any, path: Path, treatment: str, outcome: str, types: dict[str, str]) -> None:
    if not _is_number(types[outcome]):
        raise EffectError(
            f"{path.name} 的结果列 {outcome} 不是数字：请写成数字（就业与否写 1、0）。",
            f"{path.name}: the outcome {outcome} is no number.",
        )
    group = _name(treatment)
    is_wrong = f"coalesce(TRY_CAST({group} AS DOUBLE) NOT IN (0, 1), {group} IS NOT NULL)"
    sql = f"SELECT count_if({is_wrong}) AS wrong FROM given"
    if records(connection, sql)[0]["wrong"]:
        raise EffectError(
            f"{path.name} 的分组列 {treatment} 只能是 1（培训）和 0（对照）。",
            f"{path.name}: {treatment} must be 1 (trained) or 0 (comparison).",
        )


def _terms(connection: Any, path: Path, trait: str, kind: str) -> list[tuple[str, str]]:
    """(name, SQL) of the columns a trait becomes: itself where it is a number, else one per member but the most frequent."""
    if _is_number(kind):
        if records(connection, f"SELECT count_if(abs({_name(trait)}::DOUBLE) > {LARGEST}) AS large FROM used")[0][
            "large"
        ]:
            raise _no_trait(path, trait, f"有大于 {LARGEST:,} 的数", f"holds numbers above {LARGEST:,}")
        return [(trait, _name(trait))]
    members = records(
        connection,
        f"SELECT {_name(trait)}::VARCHAR AS member, count(*) AS persons FROM used"
        f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {LEVELS + 1}",
    )
    if len(members) > LEVELS:
        raise _no_trait(path, trait, f"有 {LEVELS} 种以上取值", f"has over {LEVELS} values")
    # a member of few persons stands with the most frequent one: it could name somebody
    named = [row["member"] for row in members[1:] if row["persons"] >= RAREST]
    return [(f"{trait}={member}", f"{_name(trait)}::VARCHAR = {literal(member)}") for member in named]


def _no_trait(path: Path, trait: str, zh: str, en: str) -> EffectError:
    return EffectError(
        f"{path.name} 的列 {trait} {zh}，不能作为特征：请去掉编号、姓名一类的列，或先归类。",
        f"{path.name}: {trait} {en} and is no trait: leave out names and numbers, or group it.",
    )


def _independent(matrix: Any) -> list[int]:
    """Columns that say something the constant and those before them do not."""
    import numpy

    kept: list[int] = []
    basis = numpy.ones((len(matrix), 1)) / numpy.sqrt(len(matrix))
    for number in range(matrix.shape[1]):
        column = matrix[:, number]
        rest = column - basis @ (basis.T @ column)
        rest -= basis @ (basis.T @ rest)
        size = numpy.linalg.norm(rest)
        if size > 1e-8 * max(numpy.linalg.norm(column), 1e-300):
            kept.append(number)
            basis = numpy.column_stack([basis, rest / size])
    return kept
