-- Limits and conventions of the packs, as text and as number, with open ends of validity filled.
select
    jurisdiction,
    parameter,
    value as value_text,
    try_cast(value as decimal(18, 4)) as amount,
    try_cast(value as date) as value_on,
    coalesce(valid_from, date '0001-01-01') as valid_from,
    coalesce(valid_to, date '9999-12-31') as valid_to
from {{ source('given', 'policy_parameter') }}
