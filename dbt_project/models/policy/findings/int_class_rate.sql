-- Rates of the packs that meet a class on the day it was approved: floor of the daily rate, set rate of a new occupation. The
-- most local pack decides, then the row that names the major group, then the one that names the level.
with met as (
    select
        c.class_id, r.rate_kind, r.value::decimal(18, 2) as rate_yuan, r.cap_yuan::decimal(18, 2) as cap_yuan,
        r.document, r.rule_id,
        row_number() over (
            partition by c.class_id, r.rate_kind
            order by length({{ division_prefix('r.jurisdiction') }}) desc, (r.major_group is not null) desc,
                (r.skill_levels is not null) desc, r.valid_from desc nulls last, r.value
        ) as choice
    from {{ ref('int_policy_class') }} as c
    inner join {{ source('given', 'policy_rate') }} as r
        on starts_with(c.reporting_unit, {{ division_prefix('r.jurisdiction') }})
        and r.rate_kind in ('floor', 'new_occupation')
        and c.approved_on between coalesce(r.valid_from, date '0001-01-01') and coalesce(r.valid_to, date '9999-12-31')
        and (r.major_group is null or r.major_group = c.occupation_major)
        and (r.skill_levels is null or list_contains(string_split(r.skill_levels, '、'), c.skill_level))
)

select
    class_id,
    max(rate_yuan) filter (where rate_kind = 'floor') as floor_yuan,
    max(rate_yuan) filter (where rate_kind = 'new_occupation') as new_rate_yuan,
    max(cap_yuan) filter (where rate_kind = 'new_occupation') as new_cap_yuan,
    max(document) filter (where rate_kind = 'new_occupation') as new_rate_document,
    max(rule_id) filter (where rate_kind = 'new_occupation') as new_rate_rule_id
from met
where choice = 1
group by class_id
