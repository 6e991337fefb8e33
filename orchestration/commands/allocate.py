"""`allocate …`: proposing, comparing, deciding and checking allocations. Not here: any arithmetic, what is printed how."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orchestration.commands.session import AsJson, Lang, Release, open_session
from orchestration.errors import UsageError

allocate_app = typer.Typer(
    help="资金分配：测算、决定、核验。 Propose, decide, verify.",
    invoke_without_command=True,
)
Year = Annotated[int | None, typer.Option("--year", help="资金所属年度。 Year of the money.")]
Pool = Annotated[str | None, typer.Option("--pool", help="可分配总额（元）。 Money to give out, yuan.")]
SchemeName = Annotated[str | None, typer.Option("--scheme", help="方案文件或名称。 Scheme, file or name.")]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", help="情景，至多三个，如 重绩效:performance=40。 Scenario, up to three."),
]
Giver = Annotated[str | None, typer.Option("--unit", help="分配资金的单位。 Unit that gives the money out.")]
Among = Annotated[str | None, typer.Option("--among", help="district（区县）或 institution（机构）。 Recipients.")]
Locks = Annotated[list[str] | None, typer.Option("--lock", help="锁定某对象：代码=元。 Locked amount: ID=YUAN.")]
Identity = Annotated[str, typer.Argument(metavar="ID", help="分配决定编号。 Id of a decision.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(allocate_app, name="allocate")


@allocate_app.callback()
def allocate(
    context: typer.Context,
    year: Year = None,
    pool: Pool = None,
    scheme: SchemeName = None,
    scenario: Scenarios = None,
    unit: Giver = None,
    among: Among = None,
    lock: Locks = None,
    sensitivity: Annotated[
        bool, typer.Option("--sensitivity", help="各因素份额±20%的影响。 Each share ±20 %.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="每个对象一句话说明。 A sentence for each.")] = False,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """测算资金分配，给出每个数的理由；不带子命令时只测算，不留记录。 Propose an allocation with the reason of each amount."""
    if context.invoked_subcommand is not None:
        return
    from orchestration.allocation import propose
    from orchestration.allocation_compare import moved
    from orchestration.commands.allocation_tables import show_proposal

    session = open_session(as_json=as_json, lang=lang)
    request = _request(year, pool, scheme, scenario, unit, among, lock)
    found = propose(session.settings, request, release)
    if sensitivity:
        found["sensitivity"] = moved(session.settings, request, release)
    session.answer(found, lambda: show_proposal(session, found, explain))


@allocate_app.command("decide")
def decide_(
    by: Annotated[str, typer.Option("--by", help="决定人或会议。 Who decides.")],
    reason: Annotated[str, typer.Option("--reason", help="理由。 Why.")],
    year: Year = None,
    pool: Pool = None,
    scheme: SchemeName = None,
    scenario: Scenarios = None,
    unit: Giver = None,
    among: Among = None,
    lock: Locks = None,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """作出决定并留下记录。 Decide, and keep an immutable record."""
    from orchestration.allocation_decide import decide

    session = open_session(as_json=as_json, lang=lang)
    request = _request(year, pool, scheme, scenario, unit, among, lock)
    record = decide(session.settings, request, by, reason, release)
    replaced = f"，替代 {record['replaces'][:8]}" if record["replaces"] else ""
    session.answer(
        record,
        lambda: print(
            session.words(
                f"已记录分配决定 {record['allocation_id']}{replaced}。运行 skillhouse build 后进入新版本。",
                f"Decision {record['allocation_id']} is on record; `skillhouse build` brings it into a release.",
            )
        ),
    )


@allocate_app.command("list")
def list_(as_json: AsJson = False, lang: Lang = None) -> None:
    """列出分配决定。 List the decisions."""
    from orchestration.allocation_record import records, standing_records

    session = open_session(as_json=as_json, lang=lang)
    stand = {record["allocation_id"] for record in standing_records(session.settings)}
    found = [
        {k: r[k] for k in ("allocation_id", "year", "allocator_unit", "recipient_kind", "scheme", "scenario", "pool_fen",
                           "decided_by", "decided_at", "replaces")} | {"is_standing": r["allocation_id"] in stand}
        for r in records(session.settings)
    ]  # fmt: skip

    def show() -> None:
        headers = session.words("编号 年度 单位 总额(元) 决定人 时间 状态", "id year unit yuan by when state").split()
        words = (session.words("有效", "stands"), session.words("已替代", "replaced"))
        rows = [
            [r["allocation_id"][:8], r["year"], r["allocator_unit"], f"{r['pool_fen'] // 100:,}.{r['pool_fen'] % 100:02}",
             r["decided_by"], r["decided_at"][:10], words[0] if r["is_standing"] else words[1]]
            for r in found
        ]  # fmt: skip
        session.table(headers, rows, right=(3,))

    session.answer(found, show)


@allocate_app.command("show")
def show_(identity: Identity, as_json: AsJson = False, lang: Lang = None) -> None:
    """查看一个分配决定。 Show one decision."""
    from orchestration.allocation_record import read
    from orchestration.commands.allocation_tables import show_record

    session = open_session(as_json=as_json, lang=lang)
    record = read(session.settings, identity)
    session.answer(record, lambda: show_record(session, record))


@allocate_app.command("verify")
def verify_(identity: Identity, as_json: AsJson = False, lang: Lang = None) -> None:
    """逐字节核验一个决定。 Verify a decision, byte by byte."""
    from orchestration.allocation_record import verify

    session = open_session(as_json=as_json, lang=lang)
    problems = verify(session.settings, identity)
    good = session.words(f"{identity}：核验通过。", f"{identity}: verified.")
    session.verdict({"allocation_id": identity, "problems": problems}, problems, good)


@allocate_app.command("replay")
def replay_(identity: Identity, as_json: AsJson = False, lang: Lang = None) -> None:
    """重算一个决定，逐分比较。 Run it again, compare to the fen."""
    from orchestration.allocation_decide import replay

    session = open_session(as_json=as_json, lang=lang)
    found = replay(session.settings, identity)
    lines = found["problems"] + [
        f"{row['recipient_id']}：{row['decided_fen']} ≠ {row['replayed_fen']}" for row in found["differences"]
    ]
    good = session.words(f"{identity}：重算结果与决定逐分相同。", f"{identity}: equal to the fen.")
    session.verdict(found, lines, good)


@allocate_app.command("adjust")
def adjust_(
    year: Annotated[int, typer.Option("--year", help="结余所属年度。 Year of the unspent money.")],
    unit: Giver = None,
    line: Annotated[float, typer.Option("--line", help="执行率线，低于此线的调出。 Execution below gives.")] = 0.6,
    part: Annotated[float, typer.Option("--part", help="调出结余的比例。 Part of the unspent taken.")] = 0.5,
    scheme: SchemeName = None,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """区县间调剂，合计为零。 Move unspent money between districts.

    执行率低的调出结余，执行率高的按方案调入。"""
    from orchestration.allocation_compare import adjust
    from orchestration.commands.allocation_tables import show_adjustment

    session = open_session(as_json=as_json, lang=lang)
    request = _request(year + 1, None, scheme, None, unit, "district", None)
    found = adjust(session.settings, request, line, part, release)
    session.answer(found, lambda: show_adjustment(session, found))


def _request(
    year: int | None, pool: str | None, scheme: str | None, scenario: list[str] | None, unit: str | None, among: str | None,
    lock: list[str] | None,
) -> Any:  # fmt: skip
    from orchestration.allocation import Request, fen
    from orchestration.allocation_scenario import read_scenarios
    from orchestration.scheme import find_scheme

    if year is None:
        raise UsageError("请用 --year 给出年度。", "give the year with --year.")
    if among not in (None, "district", "institution"):
        raise UsageError("--among 只能是 district 或 institution。", "--among must be district or institution.")
    locks = {}
    for text in lock or []:
        name, sign, amount = text.partition("=")
        if not sign:
            raise UsageError(f"--lock {text!r} 应写成 代码=元。", f"--lock {text!r}: write ID=YUAN.")
        locks[name] = fen(amount)
    chosen = find_scheme(scheme) if scheme else None
    return Request(year, fen(pool) if pool else None, unit, among, chosen, tuple(read_scenarios(scenario or [])), locks)
