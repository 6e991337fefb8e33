"""Net effect of training where a comparison group is supplied: regression adjustment and propensity weighting (statsmodels).

The file holds one row per person: a column that says who was trained (1) and who was not (0), one outcome, and traits known
before the training. Only what the file says is compared: whoever differs in a trait that is not in it still differs.
Not here: reading the file (`review/comparison.py`), reviews from a release (`review/score.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orchestration.review.comparison import EffectError, Frame, read_frame

UNBALANCED = 0.1  # standardised difference from which on a trait is called unbalanced
OVERLAP = (0.05, 0.95)  # propensities outside it have hardly anybody to be compared with
CONFIDENCE = 1.959963984540054
TINY = 1e-12  # a smaller standard error is what is left of a computer's rounding


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
            # a variance that cannot be is told below, in a sentence
            warnings.simplefilter("ignore", RuntimeWarning)
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
