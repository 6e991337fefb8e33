-- Living subsidies: persons outside the groups, and the special account used before it was allowed.
with persons as (
    select
        r.claim_key, r.person_key, c.claim_id, c.reporting_unit, c.class_id,
        coalesce(c.paid_on, c.claimed_on) as counted_on,
        t.trainee_categories, t.hukou_kind,
        count(*) over (partition by r.claim_key) as person_count,
        coalesce(nullif(c.paid_yuan, 0), c.claimed_yuan) as claim_yuan,
        l.line_yuan,
        coalesce(l.submission_id, c.submission_id) as submission_id, coalesce(l.file_name, c.file_name) as file_name,
        coalesce(l.sheet, c.sheet) as sheet, coalesce(l.row_no, c.row_no) as row_no
    from {{ ref('int_claim_reach') }} as r
    inner join {{ ref('int_policy_claim') }} as c on c.claim_key = r.claim_key
    inner join {{ ref('int_policy_training') }} as t on t.class_id = r.class_id and t.person_key = r.person_key
    left join (
        select
            claim_key, person_key, sum(coalesce(nullif(paid_yuan, 0), claimed_yuan)) filter (where is_money_row) as line_yuan,
            min(submission_id) as submission_id, min(file_name) as file_name, min(sheet) as sheet, min(row_no) as row_no
        from {{ ref('int_policy_claim_row') }} group by claim_key, person_key
    ) as l on l.claim_key = r.claim_key and l.person_key = r.person_key
    where r.subsidy_kind = 'living'
)

select
    {{ finding_columns('p', 'p.reporting_unit', 'coalesce(nullif(p.line_yuan, 0), ' ~ divided('p.claim_yuan', 'p.person_count') ~ ')', 'p.counted_on',
        "{'hukou_kind': p.hukou_kind, 'class_id': p.class_id}",
        class_id='p.class_id', person_key='p.person_key', claim_id='p.claim_id', key='p.claim_key') }}
from persons as p
{{ bound('living_category', 'p.reporting_unit', 'p.counted_on') }}
where not exists (
    select 1 from {{ ref('int_policy_category') }} as g
    where g.category_set = 'living' and g.jurisdiction = rule.jurisdiction
        and p.counted_on between g.valid_from and g.valid_to
        and list_contains(p.trainee_categories, g.category)
        and (g.condition is null or p.hukou_kind = 'rural' or list_contains(p.trainee_categories, 'low_income_family'))
)
union all
select
    {{ finding_columns('c', 'c.reporting_unit', 'c.paid_yuan', 'c.paid_on', "{'fund_source': c.fund_source, 'paid_on': c.paid_on}",
        class_id='c.class_id', claim_id='c.claim_id', key='c.claim_key') }}
from {{ ref('int_policy_claim') }} as c
{{ bound('living_fund_before_2021_03', 'c.reporting_unit', 'c.paid_on') }}
where c.subsidy_kind = 'living' and c.fund_source = 'special_account' and c.paid_yuan > 0
