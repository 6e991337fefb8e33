"""The rows behind a whole-unit figure, by file and sheet, as the release itself says what its indicators are made of.

What a row must be stands in `mart_indicator_source`; here it is only put together. Not here: figures of a breakdown
(`skillhouse trace` names their rows).
"""

from __future__ import annotations

from dashboards.release import Closed, Release, Row

# A row belongs to the unit of the figure, or to a place below it; the four municipalities have no city between.
BELOW = """(w.reporting_unit = left(r.place, 2) || '0000'
    or (w.reporting_unit = left(r.place, 4) || '00' and left(r.place, 2) not in ('11', '12', '31', '50')))"""

# Filled with the release's own definition of one side of an indicator, never with anything a reader sent.
FOUND = """
with w as (
    select $1 as reporting_unit, period, period_kind, starts_on, least(ends_on, $3::date) as counts_to,
        last_year - first_year + 1 as year_count, 'all' as dimension, 'all' as member
    from marts.dim_period where period = $2
),
rows_of_side as (
    select s.*, ({amount_sql}) as amount,
        coalesce(case when u.unit_level = 'own' then left(u.parent_unit, 6) end, s.reporting_unit) as place
    from ({rows_sql}) as s left join marts.dim_unit as u on u.reporting_unit = s.reporting_unit
    where {condition_sql}
),
found as (
    select w, r from w inner join rows_of_side as r
        on (r.reporting_unit = w.reporting_unit or {below}) and ({placed_sql})
    {latest}
)
"""
# All rows first (is_total), then each file and sheet: in one statement, since finding the rows is the work.
PLACES = """
select r.file_name as file_name, r.sheet as sheet, r.submission_id as submission_id, count(*) as row_count,
    min(r.row_no) as first_row, max(r.row_no) as last_row, {measure_sql} as comes_to,
    grouping(r.submission_id) = 1 as is_total
from found group by grouping sets ((r.file_name, r.sheet, r.submission_id), ())
order by is_total desc, file_name, sheet, submission_id
"""


def sides(release: Release, indicator: str) -> list[Row]:
    """How the release makes an indicator: one row per side, the numerator first; empty where it does not say."""
    if not release.has("mart_indicator_source", "dim_period"):
        return []
    return release.rows(
        "select * from marts.mart_indicator_source where indicator_code = $1 order by side = 'denominator'", [indicator]
    )


def places(release: Release, side: Row, unit: str, period: str) -> tuple[Row, list[Row]] | None:
    """What the rows of one side come to (comes_to, row_count), and their places: file, sheet, first and last row.

    None where the figure of a roll-up is put together from units with and without rows of their own, or where the reader's
    scope closes a mart that the rows lie in.
    """
    is_rollup = bool(release.rows("select 1 from marts.dim_unit where reporting_unit = $1 and is_rollup", [unit]))
    if side["own_first"] and is_rollup:
        return None
    latest = ""
    if side["latest_sql"]:
        latest = f"qualify row_number() over (partition by w, r.reporting_unit order by {side['latest_sql']}) = 1"
    found = FOUND.format(**{**side, "below": BELOW if is_rollup else "false", "latest": latest})
    asked = [unit, period, side["data_date"]]
    try:
        total, *rows = release.rows(found + PLACES.format(measure_sql=side["measure_sql"]), asked)
        return total, rows
    except Closed:
        return None
