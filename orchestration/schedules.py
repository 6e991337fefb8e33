"""When a draft is made by itself: after a quarter and a year have closed, and each month for the target table.

Days are those of the setting `close_day`, the 10th of the next month by default. A draft is not published: a person does
that, and freezes the period. Not here: arrivals of files (`sensors.py`), what a draft is (`drafts.py`).
"""

from __future__ import annotations

from datetime import date, timedelta

import dagster as dg

from orchestration.drafts import draft_job
from orchestration.settings import Settings, SettingsError

ZONE = "Asia/Shanghai"
LAST_SAFE_DAY = 28


def close_day(settings: Settings) -> int:
    """The day of the month after a period on which it is closed, 1 to 28."""
    day = settings.integer("close_day")
    if not 1 <= day <= LAST_SAFE_DAY:
        raise SettingsError(f"设置 close_day = {day} 不是 1 至 {LAST_SAFE_DAY} 的日子：请改正。")
    return day


def _closed(context: dg.ScheduleEvaluationContext) -> date:
    """The last day of the month before the tick."""
    return context.scheduled_execution_time.date().replace(day=1) - timedelta(days=1)


def _draft(kind: str, period: str, ended: date) -> dg.RunRequest:
    config = {"kind": kind, "period": period, "data_date": ended.isoformat()}
    return dg.RunRequest(run_key=f"{kind}-{period}-{ended}", run_config={"ops": {"write_draft": {"config": config}}})


def schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """The schedules of a home: `quarter_close`, `year_close`, `target_table`."""
    day = close_day(settings)

    @dg.schedule(job=draft_job, cron_schedule=f"0 6 {day} 1,4,7,10 *", execution_timezone=ZONE, name="quarter_close")
    def quarter_close(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        """Draft of the quarterly report of the quarter that has closed."""
        ended = _closed(context)
        return _draft("quarterly", f"{ended.year}Q{(ended.month + 2) // 3}", ended)

    @dg.schedule(job=draft_job, cron_schedule=f"30 6 {day} 1 *", execution_timezone=ZONE, name="year_close")
    def year_close(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        """Draft of the annual report of the year that has closed."""
        ended = _closed(context)
        return _draft("annual", str(ended.year), ended)

    @dg.schedule(job=draft_job, cron_schedule=f"0 7 {day} * *", execution_timezone=ZONE, name="target_table")
    def target_table(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        """Draft of the target table as it stood at the end of the month before."""
        ended = _closed(context)
        return _draft("targets", f"{ended:%Y%m}", ended)

    return [quarter_close, year_close, target_table]
