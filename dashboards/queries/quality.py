"""What became of every row received: the row account, the rules that failed, the rows set aside.

Not here: any cell's content.
"""

from __future__ import annotations

from dashboards.release import Release, Row

# Sums of the row account over files: counts of rows, which add up by their definition.
_SUMS = """
    count(*) as files,
    sum(rows_read)::bigint as rows_read,
    sum(rows_not_data)::bigint as rows_not_data,
    sum(rows_duplicate)::bigint as rows_duplicate,
    sum(rows_quarantined)::bigint as rows_quarantined,
    sum(rows_accepted)::bigint as rows_accepted,
    sum(rows_superseded)::bigint as rows_superseded,
    bool_and(rows_read = rows_not_data + rows_duplicate + rows_quarantined + rows_accepted) as is_balanced"""

ACCOUNT = f"""
select dataset, grouping(dataset) = 1 as is_total, {_SUMS}
from marts.mart_row_account
where $1 = '' or reporting_unit = $1
group by grouping sets ((dataset), ())
order by is_total, dataset
"""

BY_UNIT = f"""
select reporting_unit, grouping(reporting_unit) = 1 as is_total, {_SUMS}
from marts.mart_row_account
group by grouping sets ((reporting_unit), ())
order by is_total, reporting_unit
"""

# Files of which rows were set aside, the newest period first: what a unit is to send again.
FILES = """
select dataset, period, file_name, submission_id, rows_read, rows_quarantined, rows_accepted, fen_quarantined, reporting_unit
from marts.mart_row_account
where ($1 = '' or reporting_unit = $1) and rows_quarantined > 0
order by period desc, rows_quarantined desc, dataset, file_name
limit $2
"""

FAILED = """
select quality.rule_id, quality.severity, quality.state, quality.checked, quality.failed, quality.message_zh,
    quality.message_en, quality.suite as dataset, quality.reporting_unit, quality.period, account.file_name
from marts.mart_quality as quality
left join (
    select submission_id, min(file_name) as file_name
    from marts.mart_row_account
    group by submission_id
) as account using (submission_id)
where quality.state in ('failed', 'error') and quality.is_standing and ($1 = '' or quality.reporting_unit = $1)
order by quality.severity = 'warn', quality.failed desc, quality.rule_id, quality.period, quality.submission_id
limit $2
"""

# Rules across datasets that wait: the other table of that time has not come, or not been published with this one.
PENDING = """
select rule_id, message_zh, message_en, suite as dataset, reporting_unit, period, sum(checked)::bigint as checked
from marts.mart_quality
where state = 'pending' and is_standing and ($1 = '' or reporting_unit = $1)
group by all
order by checked desc, rule_id, reporting_unit, period
limit $2
"""

# Rows once set aside and taken since, the newest first.
MENDED = """
select dataset, reporting_unit, period, file_name, sheet, row_no, amount_fen, first_file_name, first_sheet, first_row_no,
    first_committed_at
from marts.mart_mended_row
where is_standing and ($1 = '' or reporting_unit = $1)
order by period desc, dataset, file_name, sheet, row_no
limit $2
"""

MENDED_COUNT = """
select count(*) as rows, coalesce(sum(amount_fen), 0)::bigint as fen
from marts.mart_mended_row
where is_standing and ($1 = '' or reporting_unit = $1)
"""

# A row that has come back mended, with another period, waits no more.
_BACK = """
    and not exists (
        select 1 from marts.mart_mended_row as back
        where back.is_standing and back.first_submission_id = waiting.submission_id
            and back.first_file_name = waiting.file_name and back.first_sheet is not distinct from waiting.sheet
            and back.first_row_no = waiting.row_no
    )"""

QUARANTINE = """
select dataset, file_name, sheet, row_no, rule_id, reason, column_name, amount_fen
from marts.mart_quarantine as waiting
where is_standing and ($1 = '' or reporting_unit = $1){back}
order by abs(amount_fen) desc, dataset, file_name, sheet, row_no, rule_id
limit $2
"""


# A row that breaks several rules is counted under each of their reasons.
REASONS = """
select reason, count(distinct (submission_id, file_name, sheet, row_no)) as rows
from marts.mart_quarantine as waiting
where is_standing and ($1 = '' or reporting_unit = $1){back}
group by reason
order by rows desc, reason
"""


def reasons(release: Release, unit: str = "") -> list[Row]:
    """Rows set aside by reason, the most frequent first."""
    return release.rows(_waiting(release, REASONS), [unit]) if release.has("mart_quarantine") else []


def account(release: Release, unit: str = "") -> list[Row]:
    """One row per dataset of a unit ('' for all) and a total row (is_total)."""
    return release.rows(ACCOUNT, [unit])


def by_unit(release: Release) -> list[Row]:
    """One row per reporting unit and a total row (is_total)."""
    return release.rows(BY_UNIT)


def files_set_aside(release: Release, unit: str, most: int) -> list[Row]:
    """Files of a unit ('' for all) with rows set aside, at most `most`."""
    return release.rows(FILES, [unit, most])


def failed_rules(release: Release, most: int, unit: str = "") -> list[Row]:
    """Rules that did not pass, the gravest first, at most `most`."""
    return release.rows(FAILED, [unit, most]) if release.has("mart_quality", "mart_row_account") else []


def quarantined(release: Release, most: int, unit: str = "") -> list[Row]:
    """Rows set aside that have not come back, the dearest first, at most `most`; never a cell's content."""
    return release.rows(_waiting(release, QUARANTINE), [unit, most]) if release.has("mart_quarantine") else []


def pending(release: Release, most: int, unit: str = "") -> list[Row]:
    """Rules that wait for another table, one row per rule, unit and period: `checked` rows it will speak of."""
    return release.rows(PENDING, [unit, most]) if release.has("mart_quality") else []


def mended(release: Release, most: int, unit: str = "") -> list[Row]:
    """Rows once set aside and taken since, each with its first appearance, at most `most`."""
    return release.rows(MENDED, [unit, most]) if release.has("mart_mended_row") else []


def mended_count(release: Release, unit: str = "") -> Row:
    """How many rows have come back (rows, fen)."""
    return release.rows(MENDED_COUNT, [unit])[0] if release.has("mart_mended_row") else {"rows": 0, "fen": 0}


def _waiting(release: Release, query: str) -> str:
    return query.format(back=_BACK if release.has("mart_mended_row") else "")
