{# Rows of a dataset, one per key. Between submissions the newer period wins: the one that ends later, then the shorter;
   within a period the higher unit, then file path. The rest of the order only makes the choice repeatable. #}
{% macro newest_row_per_key(dataset, key) %}
select * exclude (slot_ends_on, slot_days, file_path)
from {{ source('lake', dataset) }}
qualify row_number() over (
    partition by {{ key | join(', ') }}
    order by slot_ends_on desc, slot_days, slot_unit desc, file_path desc, sheet desc, row_no desc, submission_id desc
) = 1
{% endmacro %}
