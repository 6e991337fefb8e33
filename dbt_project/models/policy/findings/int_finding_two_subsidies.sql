-- Training and skill-upgrade subsidies for one person and class: carried by the claim made later.
with lines as (
    select
        r.claim_key, r.class_id, r.person_key, r.subsidy_kind, c.claim_id, c.reporting_unit, c.claimed_on,
        c.submission_id, c.file_name, c.sheet, c.row_no,
        coalesce(nullif(l.own_yuan, 0), {{ divided('c.claimed_yuan', 'count(*) over (partition by r.claim_key)') }}) as line_yuan
    from {{ ref('int_claim_reach') }} as r
    inner join {{ ref('int_policy_claim') }} as c on c.claim_key = r.claim_key
    left join (
        select claim_key, person_key, sum(claimed_yuan) as own_yuan from {{ ref('int_policy_claim_row') }}
        where is_money_row group by claim_key, person_key
    ) as l on l.claim_key = r.claim_key and l.person_key = r.person_key
    where r.subsidy_kind in ('training', 'skill_upgrade')
)

select
    {{ finding_columns('later', 'later.reporting_unit', 'later.line_yuan', 'later.claimed_on',
        "{'earlier_claim': earlier.claim_id, 'earlier_kind': earlier.subsidy_kind, 'kind': later.subsidy_kind}",
        class_id='later.class_id', person_key='later.person_key', claim_id='later.claim_id', key="later.claim_key || '/' || earlier.claim_key") }}
from lines as later
inner join lines as earlier
    on earlier.class_id = later.class_id and earlier.person_key = later.person_key
    and earlier.subsidy_kind <> later.subsidy_kind
    and (earlier.claimed_on, earlier.claim_key) < (later.claimed_on, later.claim_key)
{{ bound('two_subsidies_one_certificate', 'later.reporting_unit', 'later.claimed_on') }}
