-- Two things at once: a class within a paid month of work-for-training; two classes attended on one day (one finding per pair,
-- carried by the later starting class).
with persons as (
    select person_key from {{ ref('stg_attendance') }} where lessons > 0 group by person_key having min(class_id) <> max(class_id)
),

days as (
    select distinct a.class_id, a.person_key, a.attended_on, c.starts_on
    from {{ ref('stg_attendance') }} as a
    semi join persons as p on p.person_key = a.person_key
    inner join {{ ref('int_policy_class') }} as c on c.class_id = a.class_id
    where a.lessons > 0
),

double as (
    select person_key, attended_on from days group by person_key, attended_on having count(*) > 1
),

pairs as (
    select
        later.class_id, later.person_key, earlier.class_id as other_class_id,
        min(later.attended_on) as first_day, count(*) as day_count
    from days as later
    inner join double as d on d.person_key = later.person_key and d.attended_on = later.attended_on
    inner join days as earlier
        on earlier.person_key = later.person_key and earlier.attended_on = later.attended_on
        and (earlier.starts_on, earlier.class_id) < (later.starts_on, later.class_id)
    group by later.class_id, later.person_key, earlier.class_id
)

select
    {{ finding_columns('m', 'm.reporting_unit', 'm.claimed_yuan', 'm.ojt_month',
        "{'month': m.ojt_month, 'class_id': t.class_id, 'starts_on': t.starts_on, 'ends_on': t.ends_on}",
        class_id='t.class_id', person_key='m.person_key', employer_id='m.payee_id', claim_id='m.claim_id',
        key="m.claim_key || '/' || m.ojt_month::varchar") }}
from {{ ref('int_policy_claim_row') }} as m
inner join {{ ref('int_policy_training') }} as t
    on t.person_key = m.person_key and t.training_type <> 'on_the_job' and t.class_id is distinct from m.class_id
    and t.starts_on <= last_day(m.ojt_month) and t.ends_on >= m.ojt_month
{{ bound('ojt_overlap', 'm.reporting_unit', 'm.ojt_month') }}
where m.subsidy_kind = 'on_the_job' and m.claim_status in ('paid', 'recovered')
-- a month is at stake once, however many classes touch it: the first carries it
qualify row_number() over (partition by m.claim_key, m.person_key, m.ojt_month order by t.starts_on, t.class_id) = 1
union all
select
    {{ finding_columns('t', 't.reporting_unit', 't.standard_yuan', 'p.first_day',
        "{'other_class': p.other_class_id, 'first_day': p.first_day, 'days': p.day_count}",
        class_id='t.class_id', person_key='t.person_key', key='p.other_class_id') }}
from pairs as p
inner join {{ ref('int_policy_training') }} as t on t.class_id = p.class_id and t.person_key = p.person_key
{{ bound('two_classes_one_day', 't.reporting_unit', 'p.first_day') }}
