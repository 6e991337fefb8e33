"""Proposing an allocation: the formula of a release, run on it with a pool, a scheme, scenarios and locked amounts.

Nothing is computed here: rows go into one statement and come out of it. Not here: the formula (dbt models), records
(`allocation/record.py`), decisions (`allocation/decide.py`), printing (`commands/allocate.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from orchestration.allocation.formula import statement
from orchestration.allocation.scenario import BOUNDS, Scenario, variants
from orchestration.errors import SkillhouseError, UsageError
from orchestration.query import connect, literal, records
from orchestration.scheme.read import TABLES, Scheme, find_scheme, scheme_tables
from orchestration.settings import Settings

POOL = {
    "pot_key": "VARCHAR", "allocator_unit": "VARCHAR", "recipient_kind": "VARCHAR", "year": "INTEGER", "scenario": "VARCHAR",
    "scheme": "VARCHAR", "pool_fen": "BIGINT", "pool_source": "VARCHAR",
}  # fmt: skip
LOCK = {"recipient_id": "VARCHAR", "locked_fen": "BIGINT"}
# a thousand times all money China spends on training in a year
MOST_FEN = 10**15


class AllocationError(SkillhouseError):
    """Money that cannot be given out: no recipients, a scheme that cannot be met, a release without what it needs."""


@dataclass(frozen=True)
class Request:
    """What is asked: year, pool in fen (None: the release's own), unit that gives, recipients, scheme, scenarios, locks."""

    year: int
    pool_fen: int | None = None
    unit: str | None = None
    among: str | None = None
    scheme: Scheme | None = None
    scenarios: Sequence[Scenario] = (Scenario("proposal"),)
    locks: dict[str, int] = field(default_factory=dict)
    # scores and grades under a scheme that the release was not reviewed by; None: those of the release
    scores: Sequence[dict[str, Any]] | None = None
    is_rescored: bool = True


def fen(text: str) -> int:
    """Yuan as written (20000000 or 20000000.50, thousands marked or not) in fen; UsageError for anything else."""
    try:
        amount = Decimal(text.replace(",", "").replace("，", "")) * 100
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        wrong = "应是以元计的数", "is no number of yuan"
    elif amount < 0:
        wrong = "不能是负数", "must not be negative"
    elif amount > MOST_FEN:
        wrong = f"超过上限 {MOST_FEN // 100:,} 元，请核对单位", f"is above {MOST_FEN // 100:,} yuan; check the unit"
    elif amount != int(amount):
        wrong = "精确到分，最多两位小数", "has more than two decimals"
    else:
        return int(amount)
    raise UsageError(
        f"金额 {text!r} 不对：{wrong[0]}。请写元，例如 20000000 或 20000000.50。",
        f"{text!r} {wrong[1]}: write yuan, such as 20000000 or 20000000.50.",
    )


def propose(settings: Settings, request: Request, release: str | None = None) -> dict[str, Any]:
    """The proposals, one per scenario: {release_id, allocator_unit, recipient_kind, year, scheme, pool_fen, scenarios: [{name,
    factors, floor, cap, rows}]}.

    Rows as in mart_allocation, amounts as text in yuan, the largest first. AllocationError, UsageError."""
    import duckdb

    from orchestration.release.publish import resolve

    # named once: a build may publish another while this one is being asked
    release = resolve(settings, release).parent.name
    connection = connect(settings, release)
    try:
        request, pot, scheme, steps = prepared(connection, request)
        pool_fen = pot["pool_fen"] if request.pool_fen is None else request.pool_fen
        ask = "SELECT * FROM int_allocation_told ORDER BY scenario, proposed_yuan DESC, recipient_id"
        rows = records(connection, statement(steps, given_tables(steps, request, pot, scheme, pool_fen), ask))
    except duckdb.OutOfRangeException as error:
        raise AllocationError(
            "方案的度量与乘数相乘超出可精确计算的范围：请勿以金额乘金额或金额乘人次。",
            "measure x multiplier of the scheme is beyond exact whole numbers: do not multiply money by money or by heads.",
        ) from error
    finally:
        connection.close()
    unknown = sorted(set(request.locks) - {row["recipient_id"] for row in rows})
    if unknown:
        raise UsageError(
            f"--lock 中的 {unknown[0]} 不在分配对象之内：请用对象代码。",
            f"{unknown[0]} in --lock is no recipient: give its code.",
        )
    refused = next((row for row in rows if row["refusal"]), None)
    if refused:
        raise AllocationError(
            f"方案 {scheme.name} 情景 {refused['scenario']} {refused['reason']}。请调整资金总额、下限、上限或锁定数。",
            f"Scheme {scheme.name}, scenario {refused['scenario']}: {refused['reason_en']}. Change pool, floor, cap or locks.",
        )
    return {
        "release_id": release,
        **{name: pot[name] for name in ("allocator_unit", "allocator_name", "recipient_kind")},
        "year": request.year,
        "scheme": scheme.name,
        "scheme_title": scheme.content["title"],
        "scheme_status": scheme.content["status"],
        "scheme_sha256": scheme.sha256,
        "pool_fen": pool_fen,
        "pool_source": pot["pool_source"] if request.pool_fen is None else "given",
        "locks": request.locks,
        "scores": request.scores,
        "scenarios": [
            {"name": scenario.name, "factors": own["factors"], "rows": [row for row in rows if row["scenario"] == scenario.name]}
            | {bound: {k: v for k, v in own.get(bound, {}).items() if k != "reason"} for bound in BOUNDS}
            for scenario, own in zip(
                request.scenarios, (v.content["allocation"] for v in variants(scheme, request.scenarios)), strict=True
            )
        ],
    }  # fmt: skip


KNOWN = """
SELECT m.allocator_unit, coalesce(u.unit_name, m.allocator_unit) AS allocator_name, m.recipient_kind,
    count(DISTINCT m.recipient_id) AS recipients, any_value(a.scheme) AS scheme,
    any_value((a.pool_yuan * 100)::BIGINT) AS pool_fen, any_value(a.pool_source) AS pool_source
FROM marts.mart_allocation_measure AS m
LEFT JOIN marts.mart_allocation AS a
    ON a.allocator_unit = m.allocator_unit AND a.recipient_kind = m.recipient_kind AND a.year = m.year AND a.scenario = 'proposal'
LEFT JOIN marts.dim_unit AS u ON u.reporting_unit = m.allocator_unit
WHERE m.year = ?
GROUP BY ALL
ORDER BY m.recipient_kind, recipients DESC, m.allocator_unit
"""


def find_pot(connection: Any, request: Request) -> dict[str, Any]:
    """Who gives to whom: as asked, else as the scheme says where there are such recipients, else among institutions."""
    if not records(connection, "SELECT 1 FROM duckdb_tables() WHERE table_name = 'mart_allocation_formula'"):
        raise AllocationError(
            "该版本没有资金分配的数据：请先运行 skillhouse build。",
            "this release holds no allocation: run `skillhouse build`.",
        )
    pots = records(connection, KNOWN, [request.year])
    wanted = request.among or (
        request.scheme.content.get("allocation", {}).get("recipients") if request.scheme else None
    )
    found = [p for p in pots if request.unit in (None, p["allocator_unit"], p["allocator_name"])]
    chosen = [p for p in found if p["recipient_kind"] == wanted] or ([] if request.among else found)
    if not chosen:
        raise _nobody(connection, request, pots)
    kind = chosen[0]["recipient_kind"]
    if sum(p["recipient_kind"] == kind for p in chosen) > 1 and request.unit is None and kind == "institution":
        units = "、".join(p["allocator_unit"] for p in chosen)
        raise UsageError(
            f"有多个单位：请用 --unit 指定其一（{units}）。", f"several units: name one with --unit ({units})."
        )
    if chosen[0]["scheme"] is None and request.scheme is None:
        raise UsageError(
            f"{chosen[0]['allocator_unit']} 所在辖区没有缺省方案：请用 --scheme 指定。",
            f"no default scheme for {chosen[0]['allocator_unit']}: give one with --scheme.",
        )
    if chosen[0]["pool_fen"] is None and request.pool_fen is None:
        raise UsageError("请用 --pool 给出可分配总额（元）。", "give the pool in yuan with --pool.")
    return chosen[0]


def _nobody(connection: Any, request: Request, pots: Sequence[dict[str, Any]]) -> AllocationError:
    """Why nobody can get anything: the year, the unit, or the recipients asked for."""
    if not pots:
        found = records(connection, "SELECT DISTINCT year FROM marts.mart_allocation_measure ORDER BY 1")
        years = "、".join(str(row["year"]) for row in found) or "无"
        return AllocationError(
            f"没有 {request.year - 1} 年的数据作依据，{request.year} 年没有可分配的对象：该版本可分配的年度为 {years}。",
            f"no results of {request.year - 1}, so nobody to give to in {request.year}: this release can give out {years}.",
        )
    units = sorted({pot["allocator_unit"] for pot in pots})
    if request.unit is not None and not any(request.unit in (p["allocator_unit"], p["allocator_name"]) for p in pots):
        return AllocationError(
            f"{request.year} 年单位 {request.unit} 之下没有可分配的对象：--unit 可用 {'、'.join(units)}。",
            f"{request.unit} has nobody to give to in {request.year}: --unit can be {', '.join(units)}.",
        )
    if request.among == "district":
        return AllocationError(
            "没有可在其间分配的区县：至少要有两个区县的数据，由其上级单位分配；"
            "只有一个区县时只能在机构间分配（--among institution）。",
            "no districts to give to: it takes two at least, and the unit above them; one district gives among its institutions.",
        )
    return AllocationError(
        f"{request.year} 年没有可分配的机构：上一年没有机构开展培训或收到资金，请核对 --unit、--among。",
        f"no institutions to give to in {request.year}: none trained or was paid the year before; see --unit, --among.",
    )


FORMULA = "SELECT step, statement FROM marts.mart_allocation_formula ORDER BY step_no"
SCORE = {
    "scheme": "VARCHAR", "recipient_kind": "VARCHAR", "recipient_id": "VARCHAR", "reporting_unit": "VARCHAR", "year": "INTEGER",
    "score": "DECIMAL(9,4)", "grade_zh": "VARCHAR", "grade_en": "VARCHAR", "quota_change": "DECIMAL(6,4)",
    "is_suspended": "BOOLEAN",
}  # fmt: skip


def prepared(connection: Any, request: Request) -> tuple[Request, dict[str, Any], Scheme, list[tuple[str, str]]]:
    """The request with scores by its scheme, who gives to whom, the scheme, and the steps of the release's formula."""
    pot = find_pot(connection, request)
    steps = [(r["step"], r["statement"]) for r in records(connection, FORMULA)]
    if request.scheme and request.scores is None and request.is_rescored:
        request = replace(request, scores=_scores(connection, steps, request.scheme))
    return request, pot, request.scheme or find_scheme(pot["scheme"]), steps


def _scores(connection: Any, steps: Sequence[tuple[str, str]], scheme: Scheme) -> list[dict[str, Any]]:
    """Scores and grades of every subject by a scheme that the user has chosen."""
    from orchestration.review.score import score

    score(connection, scheme)
    found = records(connection, dict(steps)["int_allocation_score"].replace("marts.mart_review", "temp.mart_review"))
    return sorted(found, key=lambda row: [str(row[name]) for name in SCORE])


def given_tables(
    steps: Sequence[tuple[str, str]], request: Request, pot: dict[str, Any], scheme: Scheme, pool_fen: int
) -> dict[str, str]:
    """What stands for the build's own pools, schemes, scores and locks: name -> SQL."""
    changed = variants(scheme, request.scenarios)
    own = {name: pot[name] for name in ("allocator_unit", "recipient_kind")} | {
        "year": request.year,
        "pool_fen": pool_fen,
    }
    pools = [
        own | {"pot_key": f"{n}", "scenario": s.name, "scheme": v.name, "pool_source": "given"}
        for n, (s, v) in enumerate(zip(request.scenarios, changed, strict=True))
    ]
    tables = scheme_tables(changed)
    # every variant is scored as its scheme is
    scored = dict(steps)["int_allocation_score"] if request.scores is None else values(SCORE, request.scores)
    named = values(
        {"base": "VARCHAR", "variant": "VARCHAR"}, [{"base": scheme.name, "variant": v.name} for v in changed]
    )
    locks = [{"recipient_id": name, "locked_fen": amount} for name, amount in request.locks.items()]
    return {
        "int_allocation_pool": values(POOL, pools),
        "allocation_lock": values(LOCK, locks),
        **{name: values(TABLES[name], tables[name]) for name in ("scheme", "scheme_factor", "scheme_coefficient")},
        "int_allocation_score": f"SELECT s.* REPLACE (v.variant AS scheme) FROM ({scored}) AS s"
        f" JOIN ({named}) AS v ON v.base = s.scheme",
    }


def values(columns: dict[str, str], rows: Sequence[dict[str, Any]]) -> str:
    """Rows as a SELECT of typed columns."""
    typed = ", ".join(f"c{n}::{kind} AS {name}" for n, (name, kind) in enumerate(columns.items()))
    listed = ", ".join("(" + ", ".join(_literal(row.get(name)) for name in columns) + ")" for row in rows)
    where = "" if rows else " WHERE false"
    listed = listed or "(" + ", ".join(["NULL"] * len(columns)) + ")"
    return f"SELECT {typed} FROM (VALUES {listed}) AS v({', '.join(f'c{n}' for n in range(len(columns)))}){where}"


def _literal(value: Any) -> str:
    # all as text and cast after: whole and broken numbers in one column would be brought to one type, and rounded
    return "NULL" if value is None else literal(str(value))
