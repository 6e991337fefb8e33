-- Rows and fen of each file that stand in this release, over all datasets.
{% set datasets = ['attendance', 'certifications', 'claims', 'classes', 'employment', 'enrollments', 'enterprises', 'followups',
    'fund_ledger', 'fund_quota', 'inspections', 'institutions', 'projects', 'publications', 'targets', 'workforce_stats'] %}
{% for dataset in datasets %}
select submission_id, file_name, count(*) as row_count, coalesce(sum(amount_fen), 0)::bigint as fen
from {{ ref('stg_' ~ dataset) }}
group by submission_id, file_name
{{ 'union all' if not loop.last }}
{% endfor %}
