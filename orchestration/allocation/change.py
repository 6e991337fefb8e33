"""Decisions beside the allocation itself: money moved between districts (调剂), quotas of training changed, money clawed back.

Each is proposed from a release, and with a name and a reason put on record like an allocation; a later one for the same thing
names the one it replaces. Not here: what is computed (dbt models; `allocation/compare.py` for moved money), the record's form
(`allocation/record.py`).
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestration.allocation.compare import adjust
from orchestration.allocation.propose import AllocationError, Request, find_pot
from orchestration.allocation.record import write
from orchestration.errors import UsageError
from orchestration.query import connect, records
from orchestration.release.publish import resolve
from orchestration.scheme.read import Scheme, find_scheme
from orchestration.settings import Settings

# what is decided -> unit of its figures
KINDS = {"adjustment": "yuan", "quota": "person_times", "claw_back": "yuan"}

# before + change = after; the sentence says why
QUOTA = """
SELECT recipient_id, recipient_name, reporting_unit, plan_person_times::DECIMAL(18,2) AS before_value,
    (quota_person_times - plan_person_times)::DECIMAL(18,2) AS change_value, quota_person_times::DECIMAL(18,2) AS after_value,
    format('等次{}，计划{:+.0f}%', coalesce(grade_zh, '未评'), 100 * coalesce(quota_change, 0)::DOUBLE) AS reason,
    format('grade {}, quota {:+.0f}%', coalesce(grade_en, 'none'), 100 * coalesce(quota_change, 0)::DOUBLE) AS reason_en
FROM marts.mart_allocation
WHERE allocator_unit = ? AND recipient_kind = ? AND year = ? AND scenario = 'proposal' AND plan_person_times IS NOT NULL
ORDER BY recipient_id
"""
# set off against the amount decided for next year where one stands, else against the one proposed
CLAW_BACK = """
WITH next_year AS (
    SELECT p.recipient_id, p.recipient_name, p.reporting_unit, p.unspent_yuan, p.recovered_yuan,
        least(p.unspent_yuan, coalesce(d.proposed_yuan, p.proposed_yuan)) AS set_off_yuan
    FROM marts.mart_allocation AS p
    LEFT JOIN marts.mart_allocation AS d
        ON d.allocator_unit = p.allocator_unit AND d.recipient_kind = p.recipient_kind AND d.year = p.year
        AND d.recipient_id = p.recipient_id AND d.is_standing
    WHERE p.allocator_unit = ? AND p.recipient_kind = ? AND p.year = ?::INTEGER + 1 AND p.scenario = 'proposal'
        AND p.unspent_yuan > 0
)
SELECT recipient_id, recipient_name, reporting_unit, unspent_yuan AS before_value,
    (-unspent_yuan)::DECIMAL(18,2) AS change_value, 0::DECIMAL(18,2) AS after_value,
    format('年末结余{:,.2f}元：抵扣下年额度{:,.2f}元，缴回{:,.2f}元；年内已追回{:,.2f}元', unspent_yuan, set_off_yuan,
        unspent_yuan - set_off_yuan, recovered_yuan) AS reason,
    format('{:,.2f} yuan unspent: {:,.2f} set off against next year, {:,.2f} to be returned; {:,.2f} recovered in the year',
        unspent_yuan, set_off_yuan, unspent_yuan - set_off_yuan, recovered_yuan) AS reason_en
FROM next_year
ORDER BY recipient_id
"""


def propose_change(
    settings: Settings, kind: str, year: int, unit: str | None = None, among: str | None = None,
    scheme: Scheme | None = None, rule: tuple[float | None, float | None] = (None, None), release: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What would be decided: {decides, allocator_unit, recipient_kind, year, release_id, rule, scheme, unit_of_measure, changes}.

    `kind` of KINDS; `year` is that of the money or of the quota (claw_back, adjustment: the year whose money is unspent);
    `rule`: execution line and part of what is unspent, None: those of the scheme. AllocationError where nothing can be changed.
    """
    if kind == "adjustment":
        return _adjustment(settings, year, unit, scheme, rule, release)
    # named once: a build may publish another while this one is being asked
    release = resolve(settings, release).parent.name
    connection = connect(settings, release)
    try:
        pot = find_pot(connection, Request(year if kind == "quota" else year + 1, 0, unit, among, scheme))
        sql = QUOTA if kind == "quota" else CLAW_BACK
        rows = records(connection, sql, [pot["allocator_unit"], pot["recipient_kind"], year])
    finally:
        connection.close()
    if not rows:
        raise AllocationError(
            f"{year} 年没有可{'调整的计划' if kind == 'quota' else '收回的结余'}：请核对 --year、--unit、--among。",
            f"nothing to change in {year}: see --year, --unit, --among.",
        )
    return {
        "decides": kind, "allocator_unit": pot["allocator_unit"], "recipient_kind": pot["recipient_kind"], "year": year,
        "release_id": release, "rule": {}, "scheme": pot["scheme"],
        "unit_of_measure": KINDS[kind], "changes": rows,
    }  # fmt: skip


def _adjustment(
    settings: Settings, year: int, unit: str | None, scheme: Scheme | None, rule: tuple[float | None, float | None],
    release: str | None,
) -> dict[str, Any]:  # fmt: skip
    release = resolve(settings, release).parent.name
    found = adjust(settings, Request(year + 1, None, unit, "district", scheme), *rule, release=release)
    rows = [
        {
            "recipient_id": row["recipient_id"], "recipient_name": row["recipient_name"], "reporting_unit": row["recipient_id"],
            "before_value": row["unspent_yuan"], "change_value": row["moved_yuan"],
            "after_value": str(Decimal(row["unspent_yuan"]) + Decimal(row["moved_yuan"])),
            "execution_ratio": row["execution_ratio"], "reason": row["reason"], "reason_en": row["reason_en"],
        }
        for row in found["rows"]
    ]  # fmt: skip
    return {
        "decides": "adjustment", "allocator_unit": found["allocator_unit"], "recipient_kind": "district", "year": year,
        "release_id": release, "rule": {"line": found["line"], "part": found["part"]},
        "scheme": found["scheme"], "unit_of_measure": "yuan", "changes": rows,
    }  # fmt: skip


def decide_change(
    settings: Settings, proposed: dict[str, Any], by: str, reason: str, scheme: Scheme | None
) -> dict[str, Any]:
    """Put a proposed change on record; the record. UsageError without a name or a reason."""
    from orchestration.home import writing

    if not by.strip() or not reason.strip():
        raise UsageError(
            "请用 --by 写明决定人，用 --reason 写明理由。", "say who decides with --by and why with --reason."
        )
    used = scheme or find_scheme(proposed["scheme"])
    content = proposed | {
        "decided_by": by.strip(),
        "reason": reason.strip(),
        "scheme_sha256": used.sha256,
        "scheme_content": used.content,
        "is_scheme_given": scheme is not None,
    }
    with writing(settings):
        return write(settings, content)


def compute_again(settings: Settings, record: dict[str, Any]) -> list[dict[str, Any]]:
    """A change on record computed again on its release; the recipients whose change differs."""
    scheme = Scheme(record["scheme_content"], record["scheme_sha256"], Path(record["scheme"]))
    proposed = propose_change(
        settings, record["decides"], record["year"], record["allocator_unit"], record["recipient_kind"],
        scheme if record["is_scheme_given"] else None, (record["rule"].get("line"), record["rule"].get("part")),
        record["release_id"],
    )  # fmt: skip
    then, now = (
        {row["recipient_id"]: Decimal(row["change_value"]) for row in found["changes"]} for found in (record, proposed)
    )
    return [
        {"recipient_id": name, "decided": str(then.get(name)), "replayed": str(now.get(name))}
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    ]
