"""From a unit to its institutions, their classes and one class: where each figure's rows stand."""

from __future__ import annotations

from dashboards.release import Release, Row

INSTITUTIONS = """
select
    figures.member as institution_id,
    coalesce(institution.institution_name, figures.member) as institution_name,
    max(figures.value) filter (figures.indicator_code = 'person_times') as person_times,
    max(figures.value) filter (figures.indicator_code = 'certificate_rate') as certificate_rate,
    max(figures.value) filter (figures.indicator_code = 'employment_rate') as employment_rate,
    max(figures.value) filter (figures.indicator_code = 'unit_cost_yuan') as unit_cost_yuan
from marts.mart_indicator as figures
left join marts.dim_institution as institution on institution.institution_id = figures.member
where figures.reporting_unit = $1 and figures.period = $2 and figures.dimension = 'institution_id'
group by figures.member, institution.institution_name
order by person_times desc nulls last, institution_id
"""

# Counts of rows of fct_training, by the same flags that person_times and its subsets are made of.
CLASSES = """
select
    class.class_id, class.training_type, class.occupation_name, class.skill_level, class.class_status,
    class.starts_on, class.ends_on,
    count(training.person_key) as trainees,
    count(*) filter (training.is_counted) as person_times,
    count(*) filter (training.is_certified) as certified,
    count(*) filter (training.is_paid) as paid
from marts.dim_class as class
left join marts.fct_training as training on training.class_id = class.class_id
where starts_with(class.reporting_unit, regexp_replace($1, '(00)+$', ''))
    and class.institution_id = $2 and class.ends_on between $3::date and $4::date
group by all
order by class.ends_on, class.class_id
"""

CLASS = "select * from marts.dim_class where class_id = $1"

ROSTER = """
select file_name, sheet, submission_id, count(*) as trainees, count(*) filter (is_counted) as person_times,
    count(*) filter (is_certified) as certified, count(*) filter (is_paid) as paid,
    min(row_no) as first_row, max(row_no) as last_row
from marts.fct_training
where class_id = $1
group by all
order by file_name, sheet
"""


def institutions(release: Release, unit: str, period: str) -> list[Row]:
    """Institutions of a unit with their indicators of the period, the largest first."""
    return release.rows(INSTITUTIONS, [unit, period])


def classes(release: Release, unit: str, institution: str, first: str, last: str) -> list[Row]:
    """Classes of an institution that ended from `first` to `last` (ISO dates), with counts of their trainings."""
    return release.rows(CLASSES, [unit, institution, first, last])


def one_class(release: Release, class_id: str) -> Row | None:
    """One class with the row of the file it was filed in; None where the release has no such class."""
    found = release.rows(CLASS, [class_id])
    return found[0] if found else None


def roster(release: Release, class_id: str) -> list[Row]:
    """Where the class's trainees stand: file, sheet, first and last row, counts; no person."""
    return release.rows(ROSTER, [class_id])


def institution_name(release: Release, institution: str) -> str:
    """What the institution is called, its code where the release does not say."""
    found = release.rows(
        "select institution_name from marts.dim_institution where institution_id = $1 limit 1", [institution]
    )
    return found[0]["institution_name"] if found and found[0]["institution_name"] else institution
