-- Tests that bind a unit, from when to when. A draft's tests bind only where its jurisdiction is switched on; a general rule
-- gives way to a more local one of the same test, while that is in force or wherever there is one; an earlier one of the same
-- jurisdiction to a later one from its day.
with units as (
    select reporting_unit as unit_code from {{ ref('int_unit') }}
    union select left(district_code, 6) from {{ ref('stg_institutions') }}
    union select left(district_code, 6) from {{ ref('stg_enterprises') }}
),

rules as (
    select r.*, {{ division_prefix('r.jurisdiction') }} as prefix
    from {{ source('given', 'policy_rule') }} as r
    cross join {{ source('control', 'build') }} as b
    where r.test is not null and (r.severity <> 'preview' or list_contains(b.preview, r.jurisdiction))
),

bound as (
    select
        u.unit_code, r.*,
        min(coalesce(r.valid_from, date '0001-01-01')) over (
            partition by u.unit_code, r.test, r.severity = 'preview' order by length(r.prefix)
            range between 1 following and unbounded following
        ) as local_from,
        lead(coalesce(r.valid_from, date '0001-01-01')) over (
            partition by u.unit_code, r.test, r.severity = 'preview', r.prefix
            order by coalesce(r.valid_from, date '0001-01-01'), r.rule_id
        ) as later_from
    from units as u
    inner join rules as r on starts_with(u.unit_code, r.prefix)
)

select
    unit_code,
    test,
    rule_id,
    clause,
    jurisdiction,
    subject_kind,
    severity,
    date_key,
    message_zh,
    message_en,
    coalesce(valid_from, date '0001-01-01') as valid_from,
    least(
        coalesce(valid_to, date '9999-12-31'),
        case when yields_to_local = 'in_force' and local_from is not null then local_from - 1 else date '9999-12-31' end,
        coalesce(later_from - 1, date '9999-12-31')
    ) as valid_to
from bound
where not (coalesce(yields_to_local, '') = 'always' and local_from is not null)
