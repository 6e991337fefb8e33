-- One row per enterprise, year and duty: education fund drawn against payroll, frontline share of what was used; required, done,
-- short of it, and whether a list of its place shuts the enterprise out. The most local pack that states a duty decides.
with duties as (
    select p.parameter as duty, p.value::decimal(18, 4) as required_ratio, p.rule_id, p.clause, p.jurisdiction,
        {{ division_prefix('p.jurisdiction') }} as prefix,
        coalesce(p.valid_from, date '0001-01-01') as valid_from, coalesce(p.valid_to, date '9999-12-31') as valid_to
    from {{ source('given', 'policy_parameter') }} as p
    inner join {{ source('given', 'policy_document') }} as d on d.document = p.document
    cross join {{ source('control', 'build') }} as b
    where p.parameter in ('education_fund_share_min', 'frontline_share_min')
        and (d.status <> 'draft' or list_contains(b.preview, p.jurisdiction))
),

firms as (
    select
        *, year as calendar_year, coalesce(left(district_code, 6), left(slot_unit, 6)) as reporting_unit,
        make_date(year, 12, 31) as year_end
    from {{ ref('stg_enterprises') }}
),

judged as (
    select
        f.*, d.* exclude (valid_from, valid_to),
        case when d.duty = 'education_fund_share_min' then f.payroll_yuan else f.education_fund_used_yuan end as base_yuan,
        case when d.duty = 'education_fund_share_min' then f.education_fund_drawn_yuan else f.education_fund_frontline_yuan end as done_yuan
    from firms as f
    inner join duties as d on starts_with(f.reporting_unit, d.prefix) and f.year_end between d.valid_from and d.valid_to
    qualify row_number() over (partition by f.employer_id, f.calendar_year, d.duty order by length(d.prefix) desc, d.valid_from desc) = 1
)

select
    employer_id,
    calendar_year,
    duty,
    reporting_unit,
    jurisdiction,
    rule_id,
    clause,
    required_ratio,
    base_yuan,
    done_yuan,
    done_yuan::double / nullif(base_yuan::double, 0) as done_ratio,
    (case when done_yuan >= required_ratio * base_yuan then 0 else round(required_ratio * base_yuan - done_yuan, 2) end)::decimal(18, 2)
        as shortfall_yuan,
    done_yuan >= required_ratio * base_yuan as is_met,
    coalesce(done_yuan < required_ratio * base_yuan, false) and exists (
        select 1 from {{ ref('int_policy_catalogue') }} as g
        where g.catalogue = 'exclusion_list' and g.item = judged.duty and g.jurisdiction = judged.jurisdiction
            and judged.year_end between g.valid_from and g.valid_to
    ) as is_excluded,
    submission_id,
    file_name,
    sheet,
    row_no
from judged
