-- One row per claim that was paid: its days from claim to payment. The row without a person speaks for the claim.
select
    claim_key,
    any_value(reporting_unit order by row_no) as reporting_unit,
    any_value(fund_source order by row_no) as fund_source,
    max(paid_on) as paid_on,
    max(paid_on) - min(claimed_on) as cycle_days
from {{ ref('fct_claim') }}
where is_money_row and is_counted and claim_status in ('paid', 'recovered') and paid_on is not null
group by claim_key
