-- Limits and conventions of the packs, as text and as number, with open ends of validity filled. A later notice of the same
-- jurisdiction takes the place of an earlier one from its day: a value ends the day before the next one of its name begins.
select
    jurisdiction,
    parameter,
    value as value_text,
    try_cast(value as decimal(18, 4)) as amount,
    try_cast(value as date) as value_on,
    coalesce(valid_from, date '0001-01-01') as valid_from,
    least(
        coalesce(valid_to, date '9999-12-31'),
        coalesce(
            lead(coalesce(valid_from, date '0001-01-01')) over (
                partition by jurisdiction, parameter order by coalesce(valid_from, date '0001-01-01'), document
            ) - 1,
            date '9999-12-31'
        )
    ) as valid_to
from {{ source('given', 'policy_parameter') }}
