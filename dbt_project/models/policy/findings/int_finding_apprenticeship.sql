-- Apprenticeships: a class shorter or longer than allowed; an ended class claimed for under the floor per person-year of its whole
-- months. Several claims for a class (by year, by person) are one claim: the newest carries the finding.
with heads as (
    select r.class_id, count(distinct r.person_key) as head_count
    from {{ ref('int_claim_reach') }} as r
    inner join {{ ref('int_policy_training') }} as t on t.class_id = r.class_id and t.person_key = r.person_key
    where r.subsidy_kind = 'apprenticeship' and t.is_completed
    group by r.class_id
),

claims as (
    select c.*, sum(c.claimed_yuan) over klass as total_yuan, max(c.claimed_headcount) over klass as stated_count
    from {{ ref('int_policy_claim') }} as c
    where c.subsidy_kind = 'apprenticeship'
    window klass as (partition by c.class_id)
    qualify row_number() over (partition by c.class_id order by c.claimed_on desc, c.claim_key desc) = 1
)

select
    {{ finding_columns('c', 'c.reporting_unit', 'null', 'c.starts_on',
        "{'days': c.ends_on - c.starts_on + 1, 'starts_on': c.starts_on, 'ends_on': c.ends_on}",
        class_id='c.class_id', institution_id='c.institution_id', employer_id='c.employer_id') }}
from {{ ref('int_policy_class') }} as c
{{ bound('apprentice_term', 'c.reporting_unit', 'c.approved_on') }}
{{ limit('apprentice_days_min', 'a', 'c.approved_on') }}
{{ limit('apprentice_days_max', 'b', 'c.approved_on') }}
where c.training_type = 'apprenticeship' and c.ends_on - c.starts_on + 1 not between a.amount and b.amount
union all
select
    {{ finding_columns('m', 'm.reporting_unit', 'm.floor_yuan - m.claimed_yuan', 'm.ends_on',
        "{'heads': m.heads, 'months': m.months, 'claimed_yuan': m.claimed_yuan, 'floor_yuan': m.floor_yuan}",
        class_id='m.class_id', employer_id='m.payee_id', claim_id='m.claim_id', key='m.claim_key') }}
from (
    select
        c.* exclude (reporting_unit, claimed_yuan), c.total_yuan as claimed_yuan, k.ends_on, c.reporting_unit,
        coalesce(h.head_count, c.stated_count) as heads,
        date_sub('month', k.starts_on, k.ends_on + 1) as months,
        round(p.amount * coalesce(h.head_count, c.stated_count) * date_sub('month', k.starts_on, k.ends_on + 1) / 12, 2)::decimal(18, 2)
            as floor_yuan
    from claims as c
    inner join {{ ref('int_policy_class') }} as k on k.class_id = c.class_id
    left join heads as h on h.class_id = c.class_id
    {{ bound('apprentice_floor', 'c.reporting_unit', 'k.ends_on') }}
    {{ limit('apprentice_year_floor_yuan', 'p', 'k.ends_on') }}
    where k.has_ended
) as m
{{ bound('apprentice_floor', 'm.reporting_unit', 'm.ends_on') }}
where m.claimed_yuan < m.floor_yuan
