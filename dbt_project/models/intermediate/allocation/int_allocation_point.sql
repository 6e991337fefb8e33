-- Points of every factor: its share of the pool, divided by measure x what it is multiplied with. In whole numbers, so that
-- nothing depends on the order of rows; twelve places of a share are kept. A better measure lowers everybody else's points only.
with sized as (
    select *, (measure_value * 1000000)::hugeint * (times_value * 100)::hugeint as size
    from {{ ref('int_allocation_input') }}
)

select
    * exclude (size),
    coalesce((share * 100)::hugeint * 1000000000000::hugeint * size // nullif(sum(size) over (partition by pot_key, factor_no), 0), 0)::hugeint
        as points
from sized
