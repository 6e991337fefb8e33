-- One row per scheme, recipient and year of allocation: score and grade of the year before, and what the grade entails.
-- A total on too little of the weights has no rank: it is no score, or whoever is measured by one easy line would get the most.
select
    scheme,
    subject_kind as recipient_kind,
    subject_id as recipient_id,
    reporting_unit,
    year + 1 as year,
    if(rank is null, null, total_score) as score,
    grade_zh,
    grade_en,
    quota_change,
    coalesce(consequence in ('suspend', 'cancel_base'), false) as is_suspended
from {{ ref('mart_review') }}
where subject_kind in ('district', 'institution') and period = year::varchar and line_no = 1
