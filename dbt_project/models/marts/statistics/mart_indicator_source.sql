-- One row per indicator and side of it: which rows of the published tables it is made of, as SQL, for `trace` and `diff`.
select
    s.indicator_code,
    s.side,
    s.rows_name,
    s.rows_sql,
    s.condition_sql,
    s.amount_sql,
    s.measure_sql,
    s.measure,
    s.placed_sql,
    s.latest_sql,
    s.own_first,
    s.is_own_cause,
    s.datasets,
    b.data_date
from {{ source('given', 'indicator_source') }} as s
cross join {{ source('control', 'build') }} as b
