-- Members of the catalogues of the packs, with open ends of validity filled.
select
    jurisdiction,
    catalogue,
    item,
    member,
    coalesce(valid_from, date '0001-01-01') as valid_from,
    coalesce(valid_to, date '9999-12-31') as valid_to
from {{ source('given', 'policy_catalogue') }}
