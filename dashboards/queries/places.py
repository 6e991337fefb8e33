"""Units and institutions by a part of their name or code."""

from __future__ import annotations

from dashboards.release import Release, Row

# A name that begins with what was typed comes before one that only holds it; a unit before an institution.
FIND = """
select reporting_unit, institution_id, name
from (
    select reporting_unit, null as institution_id, unit_name as name, reporting_unit as code
    from marts.dim_unit
    where reporting_unit in (select distinct reporting_unit from marts.mart_indicator)
    union all by name
    select figures.reporting_unit, place.institution_id, place.institution_name as name, place.institution_id as code
    from marts.dim_institution as place
    inner join (
        select member, min(reporting_unit) as reporting_unit
        from marts.mart_indicator
        where dimension = 'institution_id' and reporting_unit in (
            select reporting_unit from marts.dim_unit where not is_rollup
        )
        group by member
    ) as figures on figures.member = place.institution_id
) as places
where contains(name, $1) or code = $1
order by not starts_with(name, $1), institution_id is not null, length(name), name
limit 1
"""


def find(release: Release, text: str) -> Row | None:
    """The best match: reporting_unit, institution_id (None for a unit), name; None where nothing matches."""
    if not release.has("dim_unit", "dim_institution", "mart_indicator"):
        return None
    found = release.rows(FIND, [text])
    return found[0] if found else None
