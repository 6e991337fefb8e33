-- Test of a draft: money of the unemployment-insurance surplus booked into an account that may be pooled.
select
    {{ finding_columns('l', 'left(l.reporting_unit, 6)', 'l.income_yuan', 'l.booked_on', "{'account': l.fund_source, 'purpose': l.purpose}",
        subject_id="l.voucher_no || '-' || coalesce(l.line_no::varchar, '')",
        key="l.fund_source || l.booked_month::varchar || l.voucher_no || '-' || coalesce(l.line_no::varchar, '')") }}
from {{ ref('fct_ledger_line') }} as l
{{ bound('insurance_money_pooled', 'left(l.reporting_unit, 6)', 'l.booked_on') }}
inner join {{ ref('int_policy_catalogue') }} as g
    on g.catalogue = 'pooled_account' and g.jurisdiction = rule.jurisdiction and g.member = l.fund_source
where l.purpose = 'quota_in' and l.income_yuan > 0
    and l.booked_on <= (select data_date from {{ source('control', 'build') }})
