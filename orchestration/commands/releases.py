"""`build` and `release …`: making releases and handling them. Not here: how a release is made."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

import typer

from orchestration.commands.session import AsJson, Lang, Quiet, Session, open_session

release_app = typer.Typer(
    help="发布版本：核验、比较、冻结等。 Releases: verify, diff, freeze.",
    no_args_is_help=True,
)
SHOWN = 50
# From here on two decimals tell figures apart: smaller ones are rates.
WHOLE = 10
Identity = Annotated[str, typer.Argument(metavar="ID", help="发布版本号。 Release id.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("build")(build)
    app.add_typer(release_app, name="release")


def build(
    as_of: Annotated[str | None, typer.Option("--as-of", help="截至某时已入库的报送。 As of this time.")] = None,
    data_date: Annotated[str | None, typer.Option("--data-date", help="数据截至日。 Data date.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """计算、审计并发布，打印版本号。 Build, audit and publish."""
    session = open_session(as_json=as_json, lang=lang, quiet=quiet)
    from orchestration.jobs import run_build

    with session.progress() as progress:
        identity = run_build(session.settings, as_of=as_of, data_date=data_date, progress=progress)
    session.answer({"release_id": identity}, lambda: print(identity))


def _state(session: Session, item: dict) -> str:
    if item["is_current"]:
        return session.words("当前", "current")
    return session.words("草稿", "draft") if item["is_draft"] else ""


@release_app.command("list")
def list_(as_json: AsJson = False, lang: Lang = None) -> None:
    """列出发布版本。 List the releases."""
    from orchestration.release.publish import list_releases

    session = open_session(as_json=as_json, lang=lang)
    found = list_releases(session.settings)
    headers = session.words("版本 数据截至 发布时间 检查 状态 定稿期间", "release data published checks state frozen")

    def show() -> None:
        rows = [
            [
                item["release_id"],
                item["data_date"],
                str(item["published_at"])[:16].replace("T", " "),
                item["checks"],
                _state(session, item),
                " ".join(item["frozen"]),
            ]
            for item in found
        ]
        session.table(headers.split(), rows)

    session.answer(found, show)


@release_app.command("show")
def show_(identity: Identity, as_json: AsJson = False, lang: Lang = None) -> None:
    """查看一个版本。 Show one release."""
    from orchestration.release.publish import show

    session = open_session(as_json=as_json, lang=lang)
    found = show(session.settings, identity)
    session.answer(found, lambda: _record(session, found))


@release_app.command("verify")
def verify_(identity: Identity, as_json: AsJson = False, lang: Lang = None) -> None:
    """重新计算全部散列并核对。 Rehash everything and compare."""
    from orchestration.release.publish import verify

    session = open_session(as_json=as_json, lang=lang)
    problems = verify(session.settings, identity)
    good = session.words(f"{identity}：核验通过。", f"{identity}: verified.")
    session.verdict({"release_id": identity, "problems": problems}, problems, good)


@release_app.command("diff")
def diff_(
    first: Annotated[str, typer.Argument(metavar="A")],
    second: Annotated[str, typer.Argument(metavar="B")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """比较：哪些数变了、因何变。 What moved between two, and why."""
    from orchestration.release.publish import diff

    session = open_session(as_json=as_json, lang=lang)
    found = diff(session.settings, first, second)
    session.answer(found, lambda: _differences(session, found))


@release_app.command("rollback")
def rollback_(identity: Identity, as_json: AsJson = False, lang: Lang = None) -> None:
    """把当前版本指回某个版本。 Point CURRENT back to a release."""
    from orchestration.home import writing
    from orchestration.release.publish import rollback

    session = open_session(as_json=as_json, lang=lang)
    with writing(session.settings):
        rollback(session.settings, identity)
    session.answer(
        {"release_id": identity, "current": True},
        lambda: print(session.words(f"当前版本：{identity}", f"Current release: {identity}")),
    )


@release_app.command("publish")
def publish_(identity: Identity, as_json: AsJson = False, lang: Lang = None) -> None:
    """发布草稿，设为当前版本。 Publish a draft as CURRENT."""
    from orchestration.home import writing
    from orchestration.release.publish import rollback

    session = open_session(as_json=as_json, lang=lang)
    with writing(session.settings):
        rollback(session.settings, identity, reason="publish")
    session.answer(
        {"release_id": identity, "current": True},
        lambda: print(session.words(f"当前版本：{identity}", f"Current release: {identity}")),
    )


@release_app.command("freeze")
def freeze_(
    identity: Identity,
    period: Annotated[str, typer.Option("--period", help="已关账的期间。 The closed period.")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """标记为某期间的正式版本。 Make it official for a period."""
    from orchestration.home import writing
    from orchestration.release.publish import freeze

    session = open_session(as_json=as_json, lang=lang)
    with writing(session.settings):
        freeze(session.settings, identity, period)
    session.answer(
        {"release_id": identity, "period": period, "frozen": True},
        lambda: print(session.words(f"{identity} 为 {period} 的正式版本。", f"{identity} is official for {period}.")),
    )


def _differences(session: Session, found: dict[str, Any]) -> None:
    words = session.words
    headers = words("单位 期间 分组 前 后 变动 其中 因", "unit period breakdown before after change part because")
    others = {
        "rules": words("规则或模型", "rules"),
        "data_date": words("数据截至日", "data date"),
        "preview": words("预览", "preview"),
    }
    # a submission has a number here, told below the table: its name is too long for a column
    told = [(kind, item) for kind in ("added", "withdrawn") for item in found["submissions"][kind]]
    numbers = {item["submission_id"]: f"[{number}]" for number, (_, item) in enumerate(told, start=1)}

    def because(cause: str) -> str:
        return numbers.get(cause) or "、".join(others.get(name, name) for name in cause.split("+"))

    figures = found["figures"]
    # a code of an indicator is too long for a column: it stands above the figures of its own
    for indicator, moved in groupby(figures[:SHOWN], key=lambda figure: figure["indicator_code"]):
        shown = []
        for figure in moved:
            group = words("全部", "all") if figure["dimension"] == "all" else f"{figure['dimension']}={figure['member']}"
            numbers_of = [_amount(figure[name]) for name in ("before", "after", "change")]
            lead = [figure["reporting_unit"], figure["period"], group, *numbers_of]
            for part in figure["parts"]:
                amount = part["change"] if part["change"] is not None else part["numerator"]
                shown.append([*lead, _amount(amount), because(part["cause"])])
                lead = [""] * len(lead)
        print(indicator)
        session.table(headers.split(), shown, right=(3, 4, 5, 6))
    print(words(f"变动的数字 {len(figures)} 个", f"{len(figures)} figures moved"))
    if len(figures) > SHOWN:
        print(words(f"以上只列 {SHOWN} 个，全部见 --json", f"{SHOWN} of them are listed above, all of them with --json"))
    called = {"added": words("新增报送", "added"), "withdrawn": words("不再计入的报送", "withdrawn")}
    for kind, item in told:
        slot = f"{item['dataset']} {item['reporting_unit']} {item['period']} {item['submission_id']}"
        print(f"{numbers[item['submission_id']]} {called[kind]}：{slot}")
    if found["code_changed"]:
        print(words("规则或模型有变动", "rules or models differ"))
    if found["data_date_changed"]:
        print(words("数据截至日不同", "the data dates differ"))
    if found["preview_changed"]:
        print(words("预览辖区设置有变动", "the preview setting differs"))


def _amount(value: float | None) -> str:
    """A value or a change: whole numbers whole, others with as many digits as tell them apart."""
    if value is None:
        return "—"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}" if abs(value) >= WHOLE else f"{value:.5f}"


def _record(session: Session, record: dict[str, Any]) -> None:
    rows = []
    for name, value in record.items():
        if isinstance(value, list):
            value = f"{len(value)}" if value and isinstance(value[0], dict) else "，".join(map(str, value))
        elif isinstance(value, dict):
            value = "，".join(f"{key}={item}" for key, item in value.items())
        rows.append([name, value])
    session.table(session.words("项 值", "key value").split(), rows)
