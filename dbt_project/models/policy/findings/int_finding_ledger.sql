-- Ledger outlays without an approved or paid claim, with a purpose that does not fit the claim, differing from its payment.
with lines as (
    select
        l.*, l.fund_source as account, l.voucher_no || '-' || coalesce(l.line_no::varchar, '') as line_id,
        left(l.reporting_unit, 6) as unit_code, c.claim_key, c.claim_status, c.subsidy_kind, c.paid_yuan,
        sum(l.outlay_yuan) over (partition by c.claim_key) as claim_outlay_yuan,
        row_number() over (partition by c.claim_key order by l.booked_on desc, l.voucher_no desc, l.line_no desc) as newest_no
    from {{ ref('fct_ledger_line') }} as l
    left join {{ ref('int_policy_claim') }} as c on c.slot_unit = l.reporting_unit and c.claim_id = l.claim_id
    where l.outlay_yuan > 0 and l.booked_on <= (select data_date from {{ source('control', 'build') }})
)

select
    {{ finding_columns('l', 'l.unit_code', 'l.outlay_yuan', 'l.booked_on', "{'account': l.account, 'purpose': l.purpose, 'claim_status': l.claim_status}",
        claim_id='l.claim_id', subject_id='l.line_id', key="l.account || l.booked_month::varchar || l.line_id") }}
from lines as l
{{ bound('ledger_claim_missing', 'l.unit_code', 'l.booked_on') }}
where coalesce(l.claim_status, '') not in ('approved', 'paid', 'recovered')
    and not list_contains({{ catalogue_list('ledger_without_claim', 'outlay', 'rule.jurisdiction', 'l.booked_on') }}, l.purpose)
union all
select
    {{ finding_columns('l', 'l.unit_code', 'l.outlay_yuan', 'l.booked_on', "{'account': l.account, 'purpose': l.purpose, 'subsidy_kind': l.subsidy_kind}",
        claim_id='l.claim_id', subject_id='l.line_id', key="l.account || l.booked_month::varchar || l.line_id") }}
from lines as l
{{ bound('ledger_purpose', 'l.unit_code', 'l.booked_on') }}
where l.subsidy_kind is not null
    and not exists (
        select 1 from {{ ref('int_policy_catalogue') }} as g
        where g.catalogue = 'ledger_purpose' and g.jurisdiction = rule.jurisdiction
            and g.item = l.purpose and g.member = l.subsidy_kind
    )
union all
select
    {{ finding_columns('l', 'l.unit_code', 'abs(l.claim_outlay_yuan - coalesce(l.paid_yuan, 0))', 'l.booked_on',
        "{'outlay_yuan': l.claim_outlay_yuan, 'paid_yuan': coalesce(l.paid_yuan, 0)}",
        claim_id='l.claim_id', subject_id='l.line_id', key="l.account || l.booked_month::varchar || l.line_id") }}
from lines as l
{{ bound('ledger_payment_differs', 'l.unit_code', 'l.booked_on') }}
where l.claim_key is not null and l.newest_no = 1 and l.claim_outlay_yuan <> coalesce(l.paid_yuan, 0)
