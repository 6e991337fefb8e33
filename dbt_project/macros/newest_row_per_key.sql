{# Rows of a dataset, one per key. Between submissions the newer period wins: the one that ends later, then the shorter;
   within a period the higher unit. The rest of the order only makes the choice repeatable.
   Keys that occur once, nearly all, are told by their hash and never sorted; a shared hash only sends a row to the sort. #}
{% macro newest_row_per_key(dataset, key) %}
{% set columns = '* exclude (slot_ends_on, slot_days)' %}
with repeated as (
    select hash({{ key | join(', ') }}) as key_hash
    from {{ source('lake', dataset) }}
    group by key_hash
    having count(*) > 1
)

select {{ columns }}
from {{ source('lake', dataset) }}
where hash({{ key | join(', ') }}) not in (select key_hash from repeated)
union all
(
    select {{ columns }}
    from {{ source('lake', dataset) }}
    where hash({{ key | join(', ') }}) in (select key_hash from repeated)
    qualify row_number() over (
        partition by {{ key | join(', ') }}
        order by slot_ends_on desc, slot_days, slot_unit desc, file_name desc, sheet desc, row_no desc, submission_id desc
    ) = 1
)
{% endmacro %}
