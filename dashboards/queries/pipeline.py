"""Classes on their way from application to payment: how many stand where, and how long each step took."""

from __future__ import annotations

from dashboards.release import Release, Row

_CLASSES = """
from marts.mart_class_pipeline
where starts_with(reporting_unit, regexp_replace($1, '(00)+$', ''))
    and coalesce(ends_on, starts_on, approved_on, applied_on) between $2::date and $3::date"""

# The longest standing class of each stage is named: it is the one to ask about. Of several the last by its number.
STAGES = f"""
select stage, count(*) as classes, quantile_cont(standing_days, 0.5) as middle_days, max(standing_days) as longest_days,
    arg_max(class_id, (standing_days, class_id)) filter (standing_days is not null) as class_id
{_CLASSES}
group by stage
order by list_position(
    ['pending', 'returned', 'cancelled', 'approved', 'started', 'ended', 'assessed', 'claimed', 'paid'], stage
)
"""

STEPS = ("approval_days", "waiting_days", "teaching_days", "assessment_days", "claiming_days", "payment_days")
DWELL = f"""
unpivot (
    select {", ".join(f"quantile_cont({step}, 0.5) as {step}" for step in STEPS)}
    {_CLASSES}
) on {", ".join(STEPS)} into name step value middle_days
"""
DWELL_MOST = DWELL.replace("0.5", "0.9").replace("middle_days", "most_days")
DWELL_COUNT = f"""
unpivot (
    select {", ".join(f"count({step}) as {step}" for step in STEPS)}
    {_CLASSES}
) on {", ".join(STEPS)} into name step value classes
"""


def stages(release: Release, unit: str, first: str, last: str) -> list[Row]:
    """Classes by where they stand, with the median and longest days there; classes of `first` to `last` (ISO dates)."""
    return release.rows(STAGES, [unit, first, last]) if release.has("mart_class_pipeline") else []


def dwell(release: Release, unit: str, first: str, last: str) -> list[Row]:
    """Days that each step took: step, classes, middle_days (median), most_days (nine in ten took no longer)."""
    if not release.has("mart_class_pipeline"):
        return []
    asked = [unit, first, last]
    most = {row["step"]: row["most_days"] for row in release.rows(DWELL_MOST, asked)}
    counts = {row["step"]: row["classes"] for row in release.rows(DWELL_COUNT, asked)}
    return [
        {**row, "most_days": most.get(row["step"]), "classes": counts.get(row["step"], 0)}
        for row in release.rows(DWELL, asked)
    ]
