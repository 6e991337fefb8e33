-- Duties of an enterprise in a year: education fund drawn, share of it used for frontline staff.
with firms as (
    select
        *, coalesce(left(district_code, 6), left(slot_unit, 6)) as unit_code, make_date(year, 12, 31) as year_end
    from {{ ref('stg_enterprises') }}
)

select
    {{ finding_columns('e', 'e.unit_code', 'p.amount * e.education_fund_used_yuan - e.education_fund_frontline_yuan', 'e.year_end',
        "{'used_yuan': e.education_fund_used_yuan, 'frontline_yuan': e.education_fund_frontline_yuan, 'required': p.amount}",
        employer_id='e.employer_id', key='e.year') }}
from firms as e
{{ bound('frontline_share', 'e.unit_code', 'e.year_end') }}
{{ limit('frontline_share_min', 'p', 'e.year_end') }}
where e.education_fund_frontline_yuan < p.amount * e.education_fund_used_yuan
union all
select
    {{ finding_columns('e', 'e.unit_code', 'p.amount * e.payroll_yuan - e.education_fund_drawn_yuan', 'e.year_end',
        "{'payroll_yuan': e.payroll_yuan, 'drawn_yuan': e.education_fund_drawn_yuan, 'required': p.amount}",
        employer_id='e.employer_id', key='e.year') }}
from firms as e
{{ bound('education_fund', 'e.unit_code', 'e.year_end') }}
{{ limit('education_fund_share_min', 'p', 'e.year_end') }}
where e.education_fund_drawn_yuan < p.amount * e.payroll_yuan
