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
By = Annotated[str | None, typer.Option("--by", help="决定人或会议；给出即留下记录。 Who decides; puts it on record.")]
Reason = Annotated[str | None, typer.Option("--reason", help="理由。 Why.")]
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
    from orchestration.allocation.compare import moved
    from orchestration.allocation.propose import propose
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
    from orchestration.allocation.decide import decide

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
    from orchestration.allocation.record import records, standing_records
    from orchestration.commands.allocation_tables import show_list

    session = open_session(as_json=as_json, lang=lang)
    stand = {record["allocation_id"] for record in standing_records(session.settings)}
    names = ("allocation_id", "decides", "year", "allocator_unit", "recipient_kind", "scheme", "scenario", "pool_fen",
             "decided_by", "decided_at", "reason", "replaces")  # fmt: skip
    found = [
        {name: record.get(name) for name in names} | {"is_standing": record["allocation_id"] in stand}
        for record in records(session.settings)
    ]
    session.answer(found, lambda: show_list(session, found))


@allocate_app.command("show")
def show_(identity: Identity, as_json: AsJson = False, lang: Lang = None) -> None:
    """查看一个分配决定。 Show one decision."""
    from orchestration.allocation.record import read
    from orchestration.commands.allocation_tables import show_record

    session = open_session(as_json=as_json, lang=lang)
    record = read(session.settings, identity)
    session.answer(record, lambda: show_record(session, record))


@allocate_app.command("verify")
def verify_(
    identity: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="分配决定编号，缺省为全部。 Id of a decision, default all.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """逐字节核验一个或全部决定。 Verify a decision, or all, byte by byte."""
    from orchestration.allocation.record import records, verify, verify_all

    session = open_session(as_json=as_json, lang=lang)
    problems = verify_all(session.settings) if identity is None else verify(session.settings, identity)
    count = len(records(session.settings)) if identity is None and not problems else 0
    good = session.words(f"{identity}：核验通过。", f"{identity}: verified.")
    if identity is None:
        good = session.words(f"全部 {count} 个决定核验通过。", f"all {count} decisions verified.")
    session.verdict({"allocation_id": identity, "problems": problems}, problems, good)


@allocate_app.command("replay")
def replay_(identity: Identity, as_json: AsJson = False, lang: Lang = None) -> None:
    """重算一个决定，逐分比较。 Run it again, compare to the fen."""
    from orchestration.allocation.decide import replay
    from orchestration.commands.allocation_tables import differing

    session = open_session(as_json=as_json, lang=lang)
    found = replay(session.settings, identity)
    lines = found["problems"] + differing(session, found["differences"])
    if found["differences"]:
        lines += [session.words(f"先核验所依据的版本：skillhouse release verify {found['release_id']}",
                                f"First check the release: skillhouse release verify {found['release_id']}")]  # fmt: skip
    good = session.words(f"{identity}：重算结果与决定逐分相同。", f"{identity}: equal to the fen.")
    session.verdict(found, lines, good)


@allocate_app.command("adjust")
def adjust_(
    year: Annotated[int, typer.Option("--year", help="结余所属年度。 Year of the unspent money.")],
    unit: Giver = None,
    line: Annotated[
        float | None, typer.Option("--line", help="执行率线，低于此线的调出；缺省取方案所定。 Execution below gives.")
    ] = None,
    part: Annotated[
        float | None, typer.Option("--part", help="调出结余的比例；缺省取方案所定。 Part of the unspent taken.")
    ] = None,
    scheme: SchemeName = None,
    by: By = None,
    reason: Reason = None,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """区县间调剂，合计为零。 Move unspent money between districts.

    执行率低的调出结余，执行率高的按方案调入。
    """
    _change("adjustment", year, unit, "district", scheme, (line, part), by, reason, release, as_json, lang)


@allocate_app.command("quota")
def quota_(
    year: Annotated[int, typer.Option("--year", help="计划所属年度。 Year of the quota.")],
    unit: Giver = None,
    among: Among = "institution",
    by: By = None,
    reason: Reason = None,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """按上年等次增减培训计划。 Change quotas by last year's grades."""
    _change("quota", year, unit, among, None, (None, None), by, reason, release, as_json, lang)


@allocate_app.command("clawback")
def clawback_(
    year: Annotated[int, typer.Option("--year", help="结余所属年度。 Year of the unspent money.")],
    unit: Giver = None,
    among: Among = None,
    by: By = None,
    reason: Reason = None,
    release: Release = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """收回结余资金。 Claw back what is unspent.

    先抵扣下年额度，余数缴回。 Set off against next year, the rest returned.
    """
    _change("claw_back", year, unit, among, None, (None, None), by, reason, release, as_json, lang)


def _change(
    kind: str, year: int, unit: str | None, among: str | None, scheme: str | None,
    rule: tuple[float | None, float | None], by: str | None, reason: str | None, release: str | None, as_json: bool,
    lang: str | None,
) -> None:  # fmt: skip
    """Propose a change; with a name and a reason put it on record."""
    from orchestration.allocation.change import decide_change, propose_change
    from orchestration.commands.allocation_tables import show_change
    from orchestration.scheme.read import find_scheme

    session = open_session(as_json=as_json, lang=lang)
    _known(among)
    chosen = find_scheme(scheme) if scheme else None
    found = propose_change(session.settings, kind, year, unit, among, chosen, rule, release)
    if by is not None or reason is not None:
        found = decide_change(session.settings, found, by or "", reason or "", chosen)
    session.answer(found, lambda: show_change(session, found))


def _known(among: str | None) -> None:
    if among not in (None, "district", "institution"):
        raise UsageError("--among 只能是 district 或 institution。", "--among must be district or institution.")


def _request(
    year: int | None, pool: str | None, scheme: str | None, scenario: list[str] | None, unit: str | None, among: str | None,
    lock: list[str] | None,
) -> Any:  # fmt: skip
    from orchestration.allocation.propose import Request, fen
    from orchestration.allocation.scenario import read_scenarios
    from orchestration.scheme.read import find_scheme

    if year is None:
        raise UsageError("请用 --year 给出年度。", "give the year with --year.")
    _known(among)
    locks = {}
    for text in lock or []:
        name, sign, amount = text.partition("=")
        if not sign:
            raise UsageError(f"--lock {text!r} 应写成 代码=元。", f"--lock {text!r}: write ID=YUAN.")
        if name in locks:
            raise UsageError(f"--lock {name} 给了两次：请只留一个。", f"--lock {name} is given twice: leave one.")
        locks[name] = fen(amount)
    chosen = find_scheme(scheme) if scheme else None
    return Request(year, None if pool is None else fen(pool), unit, among, chosen, tuple(read_scenarios(scenario or [])), locks)
