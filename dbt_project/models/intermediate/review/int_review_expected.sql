-- Base, result and expected result of every adjusted rate, for each subject and period and for all units together.
with terms as (
    select profile, unnest(string_split(profile || '|constant', '|')) as term
    from (select distinct profile from {{ ref('int_review_cell') }})
),

weights as (
    select
        term,
        {% for code in review_outcomes() %}
        max(coefficient) filter (indicator_code = '{{ code }}') as {{ code }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('mart_review_coefficient') }}
    group by term
),

predicted as (
    select
        t.profile,
        {% for code in review_outcomes() %}
        coalesce(sum(k.{{ code }}), 0)::decimal(18, 10) as {{ code }}{{ ',' if not loop.last }}
        {% endfor %}
    from terms as t
    left join weights as k on k.term = t.term
    group by t.profile
),

subjects as (
    select
        case grouping(x.reporting_unit, x.institution_id, x.training_type) when 7 then 'all' when 3 then 'district'
            when 1 then 'institution' else 'project_class' end as subject_kind,
        x.reporting_unit, x.quarter_no,
        case grouping(x.institution_id, x.training_type) when 3 then x.reporting_unit when 1 then x.institution_id
            else x.training_type end as subject_id,
        {% for code in review_outcomes() %}
        sum(x.{{ code }}_base) as {{ code }}_base, sum(x.{{ code }}_result) as {{ code }}_result,
        sum(x.{{ code }}_base * p.{{ code }}) as {{ code }}_expected{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_review_cell') }} as x
    inner join predicted as p on p.profile = x.profile
    group by grouping sets ((x.quarter_no), (x.reporting_unit, x.quarter_no), (x.reporting_unit, x.institution_id, x.quarter_no),
        (x.reporting_unit, x.training_type, x.quarter_no))
)

{% for code in review_outcomes() %}
select
    s.subject_kind, s.subject_id, s.reporting_unit, w.period, '{{ code }}' as indicator_code,
    sum(s.{{ code }}_base)::bigint as base_count, sum(s.{{ code }}_result)::bigint as result_count,
    sum(s.{{ code }}_expected)::double as expected_count
from subjects as s
inner join {{ ref('int_window') }} as w
    on not w.is_cumulative and w.period_kind <> 'span' and s.quarter_no between w.first_quarter_no and w.last_quarter_no
where s.subject_kind = 'all' or s.subject_id is not null
group by all
having sum(s.{{ code }}_base) > 0
{{ 'union all' if not loop.last }}
{% endfor %}
