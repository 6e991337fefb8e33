-- Claims of a class for training or apprenticeship: how much, and whether one is paid.
select
    class_id,
    sum(claimed_yuan) as claimed_yuan,
    bool_or(claim_status in ('paid', 'recovered') and paid_yuan > 0) as is_paid,
    min(claimed_on) as claimed_on,
    min(paid_on) as paid_on
from {{ ref('int_policy_claim') }}
where class_id is not null and subsidy_kind in ('training', 'apprenticeship')
group by class_id
