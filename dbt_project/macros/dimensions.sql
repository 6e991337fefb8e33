{# Dimensions that a figure can be broken down by, and the aggregation over them: one pass with grouping sets. #}

{% macro class_dimensions() %}
  {{ return(['training_type', 'skill_level', 'delivery_mode', 'institution_id', 'occupation_major', 'street', 'fund_source']) }}
{% endmacro %}

{% macro training_dimensions() %}
  {{ return(class_dimensions() + ['certificate_kind', 'sex']) }}
{% endmacro %}

{# Rows keys, dimension, member, measures: for all rows together (all/all) and for each member of each dimension.
   relation holds the keys and dimensions as columns; a blank level is the member `none`, other blanks are no member. #}
{% macro sums_by_dimension(relation, keys, dimensions, measures) %}
select * from (
    select
        {{ keys | join(', ') }},
        case {% for d in dimensions %}when grouping({{ d }}) = 0 then '{{ d }}' {% endfor %}else 'all' end as dimension,
        case {% for d in dimensions %}when grouping({{ d }}) = 0 then
            {{ "coalesce(" ~ d ~ ", 'none')" if d == 'skill_level' else d }} {% endfor %}else 'all' end as member,
        {% for name, sql in measures.items() %}{{ sql }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ relation }}
    group by grouping sets (
        ({{ keys | join(', ') }}){% for d in dimensions %}, ({{ keys | join(', ') }}, {{ d }}){% endfor %}
    )
) as counted
where member is not null
{% endmacro %}

{# The same for the categories of a training, each in full. #}
{% macro sums_by_category(relation, keys, measures) %}
select
    {{ keys | join(', ') }},
    'trainee_category' as dimension,
    trainee_category as member,
    {% for name, sql in measures.items() %}{{ sql }} as {{ name }}{{ ',' if not loop.last }}
    {% endfor %}
from (select *, unnest(list_distinct(trainee_categories)) as trainee_category from {{ relation }}) as listed
group by {{ keys | join(', ') }}, trainee_category
{% endmacro %}

{# Sums of a cube by quarter over every window, for a unit and for what it rolls up to. Cumulative rows: all/all only. #}
{% macro window_totals(cube, measures) %}
select
    m.reporting_unit,
    w.period,
    case when w.is_cumulative then 'cumulative' else c.dimension end as dimension,
    c.member,
    {% for name in measures %}sum(c.{{ name }}) as {{ name }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ cube }} as c
inner join {{ ref('int_unit_member') }} as m on m.member_unit = c.reporting_unit
inner join {{ ref('int_window') }} as w on c.quarter_no between w.first_quarter_no and w.last_quarter_no
where not w.is_cumulative or c.dimension = 'all'
group by all
{% endmacro %}

{# Rows of the indicator shape. indicators: list of [code, numerator, denominator or none]. A count has no denominator; a
   ratio over 0 has no value; a member that does not occur (by `occurs`, else on neither side) has no row. #}
{% macro indicator_rows(relation, indicators, where='true', occurs='false') %}
{% for code, numerator, denominator in indicators %}
select
    '{{ code }}' as indicator_code, reporting_unit, period, dimension, member,
    ({{ numerator }})::double as numerator,
    {% if denominator is none %}null::double as denominator, ({{ numerator }})::double as value
    {% else %}({{ denominator }})::double as denominator, ({{ numerator }})::double / nullif(({{ denominator }})::double, 0) as value
    {% endif %}
from {{ relation }}
where {{ where }} and (dimension in ('all', 'cumulative') or {{ occurs }} or ({{ numerator }}) <> 0
    {% if denominator is not none %}or ({{ denominator }}) <> 0{% endif %})
{{ 'union all' if not loop.last }}
{% endfor %}
{% endmacro %}
