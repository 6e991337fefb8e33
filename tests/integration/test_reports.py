"""The report marts of a whole bureau: forms agree with each other, and the large reports are written in time."""

from __future__ import annotations

import time

import pytest

from dashboards.reports import FORMATS, write_report

UNIT = "500103"


def test_forms_agree_for_every_unit_and_period(bureau):
    """J1 cumulative = sum of J2 = total of J3 = total of J4; J5 spending = sum of J2; nothing of J5 is left over."""
    rows = bureau.query("""
        with forms as (
            select reporting_unit, period, cumulative_value as j1 from marts.mart_report_j1 where code = 'person_times'
        ),
        units as (
            select reporting_unit, period, sum(cumulative_value) as j2, sum(subsidy_yuan) as spent
            from marts.mart_report_j2 where unit_code is not null group by all
        ),
        crossed as (
            select reporting_unit, period, sum(value) filter (where form = 'J3') as j3,
                sum(value) filter (where form = 'J4') as j4
            from marts.mart_report_cross where row_member <> 'all' and column_member = 'all' group by all
        ),
        funds as (select * from marts.mart_report_j5 where fund_source is null)
        select f.reporting_unit, f.period, f.j1, u.j2, c.j3, c.j4, u.spent, m.outlay_yuan,
            m.outlay_yuan - m.claims_yuan - m.other_yuan - m.difference_yuan as left_over
        from forms as f
        left join units as u using (reporting_unit, period)
        left join crossed as c using (reporting_unit, period)
        left join funds as m using (reporting_unit, period)
    """)
    assert len(rows) == 30, "two units, twelve quarters and three years"
    for unit, period, j1, j2, j3, j4, spent, outlay, left_over in rows:
        assert j1 == j2 == j3 == j4, (unit, period)
        assert spent == outlay and left_over == 0, (unit, period)


def test_the_publication_lists_every_payment(bureau):
    rows = bureau.query("""
        select d.reporting_unit, d.period, d.paid_yuan, sum(l.paid_yuan), j.claims_yuan
        from marts.mart_report_d1 as d
        inner join marts.mart_report_d1 as l
            on l.reporting_unit = d.reporting_unit and l.period = d.period and not l.is_total
        inner join marts.mart_report_j5 as j
            on j.reporting_unit = d.reporting_unit and j.period = d.period and j.fund_source is null
        where d.is_total and length(d.period) = 4
        group by all
    """)
    assert rows and all(total == lines == claims for _, _, total, lines, claims in rows)


def test_level_cells_and_institutions_add_up(bureau):
    rows = bureau.query("""
        select sum(value) filter (where form = 'J4' and column_member not in ('all', 'certified', 'certificate_rate')),
            sum(value) filter (where form = 'J4' and column_member = 'all'),
            sum(value) filter (where form = 'N2' and column_member = 'completed')
        from marts.mart_report_cross where row_member = 'all' and period = '2021' and reporting_unit = '500103'
    """)
    assert rows[0][0] == rows[0][1] == rows[0][2] > 0


@pytest.mark.parametrize(("kind", "period"), [("quarterly", "2021Q2"), ("annual", "2021")])
def test_the_large_reports_are_written_in_every_format(bureau, tmp_path, kind, period):
    started = time.process_time()
    paths = write_report(bureau.settings.home, kind, period, UNIT, list(FORMATS), tmp_path)
    assert [path.suffix[1:] for path in paths] == list(FORMATS) and all(path.stat().st_size > 5000 for path in paths)
    assert time.process_time() - started < 20, "an office waits no longer"
