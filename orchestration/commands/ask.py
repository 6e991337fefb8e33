"""`query`, `indicator …`, `trace`: asking a release. Not here: SQL of ours beyond reading a mart."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from orchestration.commands.session import AsJson, Lang, Period, Release, Session, Unit, open_session
from orchestration.errors import UsageError

indicator_app = typer.Typer(help="指标：定义、条款、数值。 Definition, clause, values.", no_args_is_help=True)
FORMATS = ("json", "csv", "table")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("query")(query)
    app.add_typer(indicator_app, name="indicator")
    app.command("trace")(trace)


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="一条只读查询。 One read-only statement.")],
    release: Release = None,
    form: Annotated[str, typer.Option("--format", help="json、csv、table。 Format.")] = "table",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """对一个版本执行只读查询。 One read-only query on a release."""
    from orchestration.query import run_query

    session = open_session(as_json=as_json, lang=lang)
    chosen = "json" if as_json else form
    if chosen not in FORMATS:
        raise UsageError("--format 只能是 json、csv、table。", "--format must be json, csv or table.")
    with run_query(session.settings, sql, release) as result:
        if chosen == "json":
            _print_json(result)
        elif chosen == "csv":
            import csv

            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(result.columns)
            for rows in result.batches():
                writer.writerows(rows)
        else:
            session.table(result.columns, [row for rows in result.batches() for row in rows])


def _print_json(result: Any) -> None:
    first = True
    sys.stdout.write("[")
    for rows in result.batches():
        for row in rows:
            sys.stdout.write("\n" if first else ",\n")
            sys.stdout.write(json.dumps(dict(zip(result.columns, row, strict=True)), ensure_ascii=False))
            first = False
    sys.stdout.write("]\n" if first else "\n]\n")


@indicator_app.command("list")
def list_(release: Release = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """列出指标。 List the indicators."""
    from orchestration.query import indicator_definitions

    session = open_session(as_json=as_json, lang=lang)
    found = indicator_definitions(session.settings, release)
    headers = session.words("代码 名称 计量单位 条款", "code name unit clause").split()

    def show() -> None:
        rows = [
            [i.get("indicator_code"), _text(session, i, "label"), i.get("unit_of_measure"), i.get("clause")]
            for i in found
        ]
        session.table(headers, rows)

    session.answer(found, show)


@indicator_app.command("show")
def show_(
    code: Annotated[str, typer.Argument(metavar="CODE", help="指标代码。 Indicator code.")],
    unit: Unit = None,
    period: Period = None,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """一个指标的定义、条款与数值。 One indicator, with values."""
    from orchestration.query import indicator

    session = open_session(as_json=as_json, lang=lang)
    found = indicator(session.settings, code, unit=unit, period=period, release=release)

    def show() -> None:
        definition = found["definition"]
        session.table(session.words("项 内容", "key value").split(), [[k, v] for k, v in definition.items() if v])
        headers = session.words(
            "单位 期间 维度 成员 分子 分母 值", "unit period dimension member numerator denominator value"
        )
        names = ("reporting_unit", "period", "dimension", "member", "numerator", "denominator", "value")
        session.table(
            headers.split(), [[_figure(row[name]) for name in names] for row in found["values"]], right=(4, 5, 6)
        )

    session.answer(found, show)


def trace(
    code: Annotated[str, typer.Argument(metavar="INDICATOR", help="指标代码，或表号。 Indicator or form, e.g. J3.")],
    unit: Annotated[str, typer.Option("--unit", help="填报单位。 Reporting unit.")],
    period: Annotated[str, typer.Option("--period", help="期间。 Period.")],
    breakdown: Annotated[str | None, typer.Option("--breakdown", help="维度=成员。 DIM=MEMBER.")] = None,
    line: Annotated[str, typer.Option("--line", help="表中的行，all 为合计。 Line of the form.")] = "all",
    column: Annotated[str | None, typer.Option("--column", help="表中的栏。 Column of the form.")] = None,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """一个数字背后的文件与行号。 The source rows of a figure."""
    from orchestration.figures.trace import trace as trace_rows
    from orchestration.figures.trace_form import trace_cell
    from orchestration.figures.trace_line import is_line, trace_line

    session = open_session(as_json=as_json, lang=lang)
    if column is None:
        found = trace_rows(session.settings, code, unit=unit, period=period, breakdown=breakdown, release=release)
    else:
        cell = trace_line if is_line(code, period, column) else trace_cell
        found = cell(session.settings, code, unit=unit, period=period, line=line, column=column, release=release)
        breakdown = f"{line} {column}"
    headers = session.words("对象 数量 报送 文件 工作表 行", "subject amount submission file sheet row").split()
    names = ("subject", "amount", "submission_id", "file_name", "sheet", "row_no")

    def show() -> None:
        print(f"{code} {unit} {period} {breakdown or ''} = {_figure(found['figure']['value'])}")
        for side, behind in found["sides"].items():
            called = session.words({"numerator": "分子", "denominator": "分母"}[side], side)
            published, total, rows = _figure(behind["published"]), _figure(behind["rows_come_to"]), len(behind["rows"])
            print(
                session.words(
                    f"{called} {published}；各行合计 {total}；共 {rows} 行",
                    f"{called} {published}; its rows come to {total}; {rows} rows",
                )
            )
            session.table(headers, [[_figure(row[name]) for name in names] for row in behind["rows"]], right=(1, 5))
        for target in found["targets"]:
            told = f"{target['target_value']:g} {target['document_no'] or ''} {target['file_name']} {target['row_no']}"
            print(session.words(f"目标 {told}", f"target {told}"))

    session.answer(found, show)


def _text(session: Session, record: dict[str, Any], stem: str) -> Any:
    return record.get(f"{stem}_{session.lang}") or record.get(f"{stem}_zh") or record.get(stem)


def _figure(value: Any) -> Any:
    return f"{value:.6g}" if isinstance(value, float) and not value.is_integer() else _whole(value)


def _whole(value: Any) -> Any:
    return f"{int(value)}" if isinstance(value, float) else value
