-- One row per adjusted rate: its normal equations as a matrix, the right-hand side last. Whole numbers, so exact in any order.
with profiles as materialized (
    select
        row_number() over () as profile_no, profile,
        {% for code in review_outcomes() %}
        sum({{ code }}_base)::double as {{ code }}_base, sum({{ code }}_result)::double as {{ code }}_result{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_review_cell') }}
    group by profile
),

members as materialized (
    select p.profile_no, t.term_no
    from (select profile_no, unnest(string_split(profile, '|')) as term from profiles) as p
    inner join {{ ref('int_review_term') }} as t on t.term = p.term
),

-- the constant is every profile's term, so its products are sums over the profiles that have the other term
products as (
    select a.term_no as row_no, b.term_no as column_no,
        {% for code in review_outcomes() %}sum(p.{{ code }}_base) as {{ code }}_base, null::double as {{ code }}_result{{ ', ' if not loop.last }}
        {% endfor %}
    from members as a
    inner join members as b on b.profile_no = a.profile_no and b.term_no >= a.term_no
    inner join profiles as p on p.profile_no = a.profile_no
    group by all
    union all
    select 0, m.term_no,
        {% for code in review_outcomes() %}sum(p.{{ code }}_base), sum(p.{{ code }}_result){{ ', ' if not loop.last }}
        {% endfor %}
    from (select profile_no, term_no from members union all select profile_no, 0 from profiles) as m
    inner join profiles as p on p.profile_no = m.profile_no
    group by m.term_no
),

grid as (
    select a.term_no as row_no, b.term_no as column_no
    from {{ ref('int_review_term') }} as a
    cross join {{ ref('int_review_term') }} as b
),

lines as (
    select
        g.row_no,
        {% for code in review_outcomes() %}
        list(coalesce(p.{{ code }}_base, 0) order by g.column_no)
            || [coalesce(max(p.{{ code }}_result) filter (g.column_no = 0), 0)] as {{ code }}{{ ',' if not loop.last }}
        {% endfor %}
    from grid as g
    left join products as p
        on p.row_no = least(g.row_no, g.column_no) and p.column_no = greatest(g.row_no, g.column_no)
    group by g.row_no
)

{% for code in review_outcomes() %}
select '{{ code }}' as indicator_code, list({{ code }} order by row_no) as matrix from lines
{{ 'union all' if not loop.last }}
{% endfor %}
