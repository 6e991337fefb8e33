-- One row per decision on record and recipient that moves money between districts, changes a quota of training or claws back
-- what is unspent: before + change = after. The allocation itself is mart_allocation.
select * exclude (sha256)
from {{ source('given', 'allocation_change') }}
