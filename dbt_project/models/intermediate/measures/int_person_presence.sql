-- Persons as bit masks of quarters, then how many persons share a mask: a window's distinct persons are those whose mask
-- meets the window's, so no row is counted per window. Trained by end of class; apprentices by begin and by end.
{% set measures = {'quarter_mask': 'bit_or(quarter_bit)'} %}
{% set dimensions = training_dimensions() %}
with quarters as (
    select
        t.*,
        1::hugeint << s.quarter_no as starts_bit,
        1::hugeint << e.quarter_no as ends_bit
    from {{ ref('fct_training') }} as t
    left join {{ ref('int_quarter') }} as s on s.quarter = year(t.starts_on) || 'Q' || quarter(t.starts_on)
    left join {{ ref('int_quarter') }} as e on e.quarter = year(t.ends_on) || 'Q' || quarter(t.ends_on)
    where t.is_in_scope
),

events as (
    select *, 'trained' as event, ends_bit as quarter_bit from quarters where is_counted and ends_bit is not null
    union all
    select *, 'apprentice', starts_bit from quarters
    where training_type = 'apprenticeship' and has_started and starts_bit is not null
    union all
    select *, 'graduate', ends_bit from quarters where training_type = 'apprenticeship' and is_counted and ends_bit is not null
),

-- a person with one event needs no mask of several quarters: those are simply counted
marked as (
    select
        m.reporting_unit, v.event, v.person_no, v.quarter_bit, v.trainee_categories, v.is_single,
        {% for d in dimensions %}v.{{ d }}{{ ', ' if not loop.last }}{% endfor %}
    from (select *, count(*) over (partition by event, person_no) = 1 as is_single from events) as v
    inner join {{ ref('int_unit_member') }} as m on m.member_unit = v.reporting_unit
    semi join {{ ref('int_unit_source') }} as s on s.source_unit = m.reporting_unit
),

singles as (select *, quarter_bit as quarter_mask from marked where is_single),

several as (select * from marked where not is_single),

persons as (
    {{ sums_by_dimension('several', ['reporting_unit', 'event', 'person_no'], dimensions, measures) }}
    union all by name
    {{ sums_by_category('several', ['reporting_unit', 'event', 'person_no'], measures) }}
),

counted as (
    {{ sums_by_dimension('singles', ['reporting_unit', 'event', 'quarter_mask'], dimensions, {'person_count': 'count(*)'}) }}
    union all by name
    {{ sums_by_category('singles', ['reporting_unit', 'event', 'quarter_mask'], {'person_count': 'count(*)'}) }}
    union all by name
    select reporting_unit, event, dimension, member, quarter_mask, count(*) as person_count
    from persons
    group by all
)

select reporting_unit, event, dimension, member, quarter_mask, sum(person_count)::bigint as person_count
from counted
group by all
