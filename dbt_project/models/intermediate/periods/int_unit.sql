-- Units that submitted, that classes name, or that a target, a stock or a quota speaks of.
select distinct left(reporting_unit, 6) as reporting_unit
from (
    select reporting_unit from {{ source('control', 'submission') }}
    union all select district_code from {{ ref('stg_classes') }}
    union all select reporting_unit from {{ ref('stg_targets') }}
    union all select reporting_unit from {{ ref('stg_workforce_stats') }}
    union all select reporting_unit from {{ ref('stg_fund_quota') }}
)
where reporting_unit is not null
