"""`review`, `review sheet`, `review effect`: scores of a year to be signed, a printed sheet, a comparison with others.

Only options and calls: how a review is printed is `review_print.py`, what a score is stands in dbt.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.session import AsJson, Lang, Release, Unit, open_session
from orchestration.errors import UsageError

review_app = typer.Typer(help="绩效评价：评分、名次、核查提示。 Scores, ranks, checks.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(review_app, name="review")


@review_app.callback(invoke_without_command=True)
def review_(
    context: typer.Context,
    year: Annotated[int | None, typer.Option("--year", help="年度，如 2021。 Year.")] = None,
    scheme: Annotated[
        str | None, typer.Option("--scheme", metavar="FILE", help="方案文件或随附方案名。 Scheme file or name.")
    ] = None,
    quarter: Annotated[int | None, typer.Option("--quarter", min=1, max=4, help="只评该季度。 One quarter.")] = None,
    unit: Unit = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="district、institution、base、project_class。 Subjects.")
    ] = None,
    subject: Annotated[str | None, typer.Option("--subject", help="某对象的分项明细。 Lines of one subject.")] = None,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """某年度（季度）的绩效评价：区县、机构、基地、培训类型。 The review of a year or quarter."""
    if context.invoked_subcommand:
        return
    if year is None:
        raise UsageError("请给出年度：skillhouse review --year 2021。", "give the year: skillhouse review --year 2021.")
    from orchestration.commands.review_print import show_review
    from orchestration.review.score import KINDS, review

    session = open_session(as_json=as_json, lang=lang)
    found = review(
        session.settings, year, scheme=scheme, unit=unit, quarter=quarter, kinds=kind or KINDS, release=release
    )
    if subject and not any(row["subject_id"] == subject for row in found["subjects"]):
        raise UsageError(f"{found['period']} 没有评价对象 {subject}。", f"no subject {subject} in {found['period']}.")
    session.answer(found, lambda: show_review(session, found, subject))


@review_app.command("sheet")
def sheet_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="自评表 CSV。 Self-evaluation sheet as CSV.")],
    scheme: Annotated[
        str, typer.Option("--scheme", help="分值取自哪个方案。 Scheme of the points.")
    ] = "mof_self_evaluation",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """为已填的绩效自评表逐行计分。 Score a self-evaluation sheet."""
    from orchestration.commands.evaluation_print import show_sheet
    from orchestration.review.sheet import evaluate_sheet

    session = open_session(as_json=as_json, lang=lang)
    found = evaluate_sheet(path, scheme)
    session.answer(found, lambda: show_sheet(session, found))


@review_app.command("effect")
def effect_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="CSV 或 Parquet，一人一行。 One row per person.")],
    treatment: Annotated[str, typer.Option("--treatment", help="分组列：1 培训，0 对照。 1 trained, 0 comparison.")],
    outcome: Annotated[str, typer.Option("--outcome", help="结果列，如就业 1、0。 Outcome, a number.")],
    covariate: Annotated[
        list[str] | None, typer.Option("--covariate", help="特征列，缺省为其余各列。 Traits, default all others.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """与对照组相比的净效果。 Net effect on a comparison group."""
    from orchestration.commands.evaluation_print import show_effect
    from orchestration.review.effect import effect

    session = open_session(as_json=as_json, lang=lang)
    found = effect(path, treatment, outcome, covariate or ())
    session.answer(found, lambda: show_effect(session, found))
