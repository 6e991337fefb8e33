-- Members that a dimension can have: codes of its list, listed institutions, streets of classes. A target for one of them
-- that nothing was counted for stands at 0; a member nobody knows has no actual.
select code_list as dimension, code as member from {{ source('given', 'code') }}
union
select 'institution_id', institution_id from {{ ref('dim_institution') }}
union
select 'street', street from {{ ref('dim_class') }} where street is not null
