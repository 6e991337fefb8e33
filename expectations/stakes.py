"""What hangs on a row: money and person-times that mending it brings back, per dataset.

A roster names no money, so what its persons are worth is an estimate: the standard of their class. Not here: the amount a
row carries in the row account (`amount_fen`), and what a policy owes (dbt).
"""

from __future__ import annotations

from pathlib import Path

from expectations.sql import literal

# person-times of a row; a dataset that is not named counts none
HEADS = {
    "enrollments": "1",
    "certifications": "1",
    "followups": "1",
    "employment": "1",
    "claims": "coalesce(claimed_headcount, CAST(person_key IS NOT NULL AS BIGINT))",
    "classes": "coalesce(opened_headcount, planned_headcount, 0)",
}
# yuan of a row; a dataset that is not named stakes the amounts its rows carry
YUAN = {
    "claims": "coalesce(claimed_yuan, approved_yuan, paid_yuan, standard_yuan * claimed_headcount, 0)",
    "classes": "coalesce(standard_yuan * coalesce(opened_headcount, planned_headcount), 0)",
    # a standard is a price, not a sum
    "projects": "0",
}
# datasets whose rows are worth the standard of their class, a head each
BY_CLASS = ("enrollments", "certifications")

BASIS = {
    "enrollments": {
        "zh": "金额为估计：每人按所在班期的补贴标准；班期未写标准的取其申领的人均金额，班期未报的取已知班期的中位数。",
        "en": "Money is an estimate: per person the standard of the class; where it has none, what its claim comes to per head;"
        " where the class is not known, the median of the classes that are.",
    },
    "certifications": {
        "zh": "金额为估计：写明班期的证书按该班期的补贴标准计，未写班期的不计。",
        "en": "Money is an estimate: a certificate that names its class is worth the standard of the class, any other nothing.",
    },
    "claims": {
        "zh": "金额为申领金额；不可读时取审定、拨付金额或标准乘人数。",
        "en": "Money is what is claimed; where that cannot be read, what was approved, paid, or standard times headcount.",
    },
    "classes": {
        "zh": "金额为补贴标准乘开班人数（未写的取计划人数）。",
        "en": "Money is the standard times the trainees that began, or were planned where that is blank.",
    },
}


def needs_rates(dataset: str) -> bool:
    """Whether the stakes of the dataset rest on the standards of classes."""
    return dataset in BY_CLASS


def stakes_query(dataset: str, rates: Path | None = None) -> str:
    """SQL over `source` and `mark`: row_id, heads, stake_fen of every marked row. `rates`: Parquet of class_id, fen."""
    heads = f"CAST({HEADS.get(dataset, '0')} AS BIGINT) AS heads"
    marked = "row_id IN (SELECT row_id FROM mark)"
    if dataset in BY_CLASS and rates is not None:
        known = f"(SELECT class_id AS rated_id, fen FROM read_parquet({literal(rates)}))"
        # a certificate without a class may be anybody's; a trainee always sits in some class
        other = f"(SELECT median(fen) FROM {known})" if dataset == "enrollments" else "0"
        return f"""SELECT row_id, {heads}, CAST(round(coalesce(r.fen, {other}, 0)) AS BIGINT) AS stake_fen
            FROM source LEFT JOIN {known} r ON r.rated_id = class_id WHERE {marked}"""
    yuan = "0" if dataset in BY_CLASS else YUAN.get(dataset)
    fen = f"CAST(({yuan}) * 100 AS BIGINT)" if yuan else "coalesce(amount_fen, 0)"
    return f"SELECT row_id, {heads}, {fen} AS stake_fen FROM source WHERE {marked}"
