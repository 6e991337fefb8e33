"""Where a number comes from: its definition, and the files whose rows are behind it."""

from __future__ import annotations

from dashboards.release import Release, Row


def definitions(release: Release) -> list[Row]:
    """Every indicator's definition, in its order of print; empty where the release has none.

    `unit_of_measure` is what a reader is told is counted: days, where the code list says count alone.
    """
    if not release.has("mart_indicator_definition"):
        return []
    rows = release.rows("select * from marts.mart_indicator_definition order by sort_no, indicator_code")
    return [row | {"unit_of_measure": row.get("shown_unit") or row["unit_of_measure"]} for row in rows]


def definition(release: Release, indicator: str) -> Row | None:
    """The definition of one indicator, None where the release does not define it."""
    return next((row for row in definitions(release) if row["indicator_code"] == indicator), None)


FILES = """
select account.*
from marts.mart_row_account as account
where starts_with(account.reporting_unit, regexp_replace($1, '(00)+$', ''))
    and left(account.period, 4) between $2 and $3
    and ($4 = '' or account.period <= $4)
order by account.dataset, account.period, account.file_name, account.submission_id
"""


def files(release: Release, unit: str, period: str) -> list[Row]:
    """Files behind figures of the period: those of its years, up to its end where it is a quarter or to that of a month.

    A municipality's or province's files are those of all its districts.
    """
    if not release.has("mart_row_account"):
        return []
    if len(period) == 6 and period.isdigit():
        period = f"{period[:4]}Q{(int(period[4:]) + 2) // 3}"
    last_quarter = period if "Q" in period else ""
    years = period.split("Q")[0].split("-")
    return release.rows(FILES, [unit, years[0], years[-1], last_quarter])


def units_with_files(release: Release) -> list[str]:
    """Units that sent a file, in order of their code."""
    found = release.rows("select distinct reporting_unit from marts.mart_row_account order by 1")
    return [row["reporting_unit"] for row in found]


def years_with_files(release: Release, unit: str) -> list[str]:
    """Years of the unit's files, earliest first."""
    found = release.rows(
        "select distinct left(period, 4) as year from marts.mart_row_account "
        "where starts_with(reporting_unit, regexp_replace($1, '(00)+$', '')) order by 1",
        [unit],
    )
    return [row["year"] for row in found]
