-- One row per step of the allocation formula: its SQL, so that this release can be asked again with a pool or weights of one's own.
select step_no, step, statement
from {{ source('given', 'allocation_formula') }}
