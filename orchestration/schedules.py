"""When a build starts by itself: the tenth of the month after a quarter and after a year has closed.

Not here: arrivals of files (`sensors.py`).
"""

from __future__ import annotations

import dagster as dg

from orchestration.ops import build_job

ZONE = "Asia/Shanghai"

quarter_close = dg.ScheduleDefinition(
    name="quarter_close",
    job=build_job,
    cron_schedule="0 6 10 4,7,10 *",
    execution_timezone=ZONE,
    description="Build and publish after the first three quarters of a year have closed.",
)
year_close = dg.ScheduleDefinition(
    name="year_close",
    job=build_job,
    cron_schedule="0 6 10 1 *",
    execution_timezone=ZONE,
    description="Build and publish after the year, and with it the fourth quarter, has closed.",
)
SCHEDULES = [quarter_close, year_close]
