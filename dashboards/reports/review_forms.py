"""The forms of the report on review and allocation (E1 to E4): layout as data, rows of their marts as they are.

Not here: a score, an amount or a sum of our own; totals are those of the rows printed.
"""

from __future__ import annotations

from dashboards.reports.form import REFERENCE, RESULT, Form, columns

# The unit's own lines in the layout of the self-evaluation sheet: money first, then output, effect, satisfaction, conduct.
SELF = """
select * from (
select
    r.line_no, r.indicator_code, r.label_zh, r.label_en, coalesce(d.unit_of_measure, 'ratio') as unit_of_measure,
    r.target_value, coalesce(r.scored_value, r.raw_value) as actual_value, r.raw_value, r.scored_weight as weight, r.score,
    case when r.level1 = '资金执行' then 'money' when r.level1 = '就业效果' then 'effect'
        when r.level1 = '满意度' then 'satisfaction' when r.rule = 'penalty' then 'conduct' else 'output' end as sheet_part,
    r.level1 as level_label, case when r.is_scored then r.verdict else 'not_scored' end as verdict, r.clause, false as is_total
from marts.mart_review as r
left join marts.mart_indicator_definition as d using (indicator_code)
where r.subject_kind = 'district' and r.reporting_unit = $1 and r.period = $2
union all
select null, null, null, null, null, null, null, null, sum(scored_weight), any_value(total_score), 'total', null, null, null, true
from marts.mart_review
where subject_kind = 'district' and reporting_unit = $1 and period = $2
having count(*) > 0
)
order by is_total, list_position(['money', 'output', 'effect', 'satisfaction', 'conduct'], sheet_part), line_no
"""

# Who is reviewed under the unit: itself, the districts below it or the institutions in it; points by heading.
SCORES = """
select
    any_value(coalesce(i.institution_name, u.unit_name, r.subject_id)) as institution_name, r.subject_kind,
    sum(r.score) filter (r.level1 = '任务完成') as task_score, sum(r.score) filter (r.level1 = '培训质量') as quality_score,
    sum(r.score) filter (r.level1 = '就业效果') as effect_score, sum(r.score) filter (r.level1 = '资金执行') as money_score,
    sum(r.score) filter (r.level1 = '满意度') as satisfaction_score, sum(r.score) filter (r.rule = 'penalty') as conduct_score,
    any_value(r.total_score) as total_score, any_value(r.rank) as rank, any_value(r.grade_zh) as grade_zh,
    any_value(r.grade_en) as grade_en, any_value(r.last_year_score) as last_year_score,
    count(*) filter (r.verdict = 'cannot_tell') as unsure_count
from marts.mart_review as r
left join marts.dim_institution as i on i.institution_id = r.subject_id and r.subject_kind = 'institution'
left join marts.dim_unit as u on u.reporting_unit = r.subject_id and r.subject_kind = 'district'
where r.period = $2 and r.subject_kind in ('district', 'institution') and (r.reporting_unit = $1
    or r.subject_kind = 'district' and r.subject_id in (
        select recipient_id from marts.mart_allocation_measure where allocator_unit = $1 and recipient_kind = 'district'))
group by r.subject_kind, r.subject_id, r.reporting_unit
order by r.subject_kind, rank nulls last, total_score desc nulls last, r.subject_id
"""

# The year after the one reviewed: results of a year decide the money of the next.
PROPOSED = """
select
    coalesce(recipient_name, '') as institution_name, base_yuan, task_yuan, performance_yuan, difficulty_yuan, input_yuan,
    computed_yuan, floor_yuan, cap_yuan, adjustment_yuan, proposed_yuan, last_year_yuan,
    proposed_yuan - last_year_yuan as change_yuan, false as is_total
from marts.mart_allocation
where allocator_unit = $1 and year = $2::integer + 1 and scenario = 'proposal' and refusal is null
union all
select
    '', sum(base_yuan), sum(task_yuan), sum(performance_yuan), sum(difficulty_yuan), sum(input_yuan), sum(computed_yuan), null,
    null, sum(adjustment_yuan), sum(proposed_yuan), sum(last_year_yuan), sum(proposed_yuan) - sum(last_year_yuan), true
from marts.mart_allocation
where allocator_unit = $1 and year = $2::integer + 1 and scenario = 'proposal' and refusal is null
having count(*) > 0
order by is_total, proposed_yuan desc
"""

# The proposal beside the decision that stands and the one before it.
COMPARED = """
with decided as (
    select recipient_id, allocation_id, replaces, proposed_yuan, is_standing
    from marts.mart_allocation
    where allocator_unit = $1 and year = $2::integer + 1 and is_decided
),

sides as (
    select
        a.recipient_name, a.last_year_yuan, a.proposed_yuan,
        d.proposed_yuan as decided_yuan, e.proposed_yuan as earlier_yuan,
        a.score, a.grade_zh, a.grade_en, a.plan_person_times, a.quota_change, a.quota_person_times, a.claw_back_yuan
    from marts.mart_allocation as a
    left join decided as d on d.recipient_id = a.recipient_id and d.is_standing
    left join decided as e on e.recipient_id = a.recipient_id and e.allocation_id = d.replaces
    where a.allocator_unit = $1 and a.year = $2::integer + 1 and a.scenario = 'proposal' and a.refusal is null
)

select recipient_name as institution_name, * exclude (recipient_name), decided_yuan - proposed_yuan as difference_yuan,
    false as is_total
from sides
union all
select '', sum(last_year_yuan), sum(proposed_yuan), sum(decided_yuan), sum(earlier_yuan), null, null, null,
    sum(plan_person_times), null, sum(quota_person_times), sum(claw_back_yuan), sum(decided_yuan) - sum(proposed_yuan), true
from sides
having count(*) > 0
order by is_total, proposed_yuan desc
"""

# What the proposal rests on: each factor with its share, what it is measured by, and what it comes to.
PARAMETERS = """
select
    factor_no as line_no, any_value(label_zh) as label_zh, any_value(label_en) as label_en,
    any_value(share) / 100 as share_ratio,
    any_value(measure) as measure_code, any_value(times) as times_code, sum(part_yuan) as part_yuan,
    any_value(floor_ratio) as floor_ratio, any_value(cap_ratio) as cap_ratio, any_value(scheme) as scheme,
    any_value(clause) as clause
from marts.mart_allocation_part
where allocator_unit = $1 and year = $2::integer + 1 and scenario = 'proposal'
group by factor_no
order by factor_no
"""

REVIEW_FORMS = (
    Form(
        code="E1",
        mart="mart_review",
        sql=SELF,
        beside=("mart_indicator_definition",),
        columns=columns("""
            part_label text 16
            level_label text 16
            line_label text 34
            unit_of_measure text 14
            target_value line 16 label=year_target
            actual_value line 16 label=year_actual
            weight yuan 12 label=full_points
            score yuan 12
            verdict_label text 22
            clause text 14
        """),
    ),
    Form(
        code="E2",
        mart="mart_review",
        sql=SCORES,
        beside=("mart_allocation_measure", "dim_institution"),
        columns=columns("""
            institution_name text 34 label=reviewed
            task_score yuan 12
            quality_score yuan 12
            effect_score yuan 12
            money_score yuan 12
            satisfaction_score yuan 12
            conduct_score yuan 12
            total_score yuan 12
            rank number 9
            grade_label text 10
            last_year_score yuan 13
            unsure_count number 12
        """),
    ),
    Form(
        code="E3",
        mart="mart_allocation",
        sql=PROPOSED,
        columns=columns("""
            institution_name text 30 label=recipient
            base_yuan yuan 16 group=parts
            task_yuan yuan 16 group=parts
            performance_yuan yuan 16 group=parts
            difficulty_yuan yuan 16 group=parts
            input_yuan yuan 14 group=parts
            computed_yuan yuan 17
            floor_yuan yuan 16 group=bounds
            cap_yuan yuan 17 group=bounds
            adjustment_yuan yuan 15
            proposed_yuan yuan 17
            change_yuan yuan 16
        """),
        checks=("check_parts", "check_total"),
    ),
    Form(
        code="E4",
        mart="mart_allocation",
        sql=COMPARED,
        columns=columns("""
            institution_name text 34 label=recipient
            last_year_yuan yuan 18
            proposed_yuan yuan 18
            decided_yuan yuan 18
            earlier_yuan yuan 18
            difference_yuan yuan 18 label=decided_difference_yuan
            grade_label text 9
            plan_person_times number 13 group=quota
            quota_change ratio 10 group=quota
            quota_person_times number 13 group=quota
            claw_back_yuan yuan 17
        """),
        checks=("check_total",),
        chart=(("last_year_yuan", REFERENCE), ("proposed_yuan", RESULT)),
        chart_label="institution_name",
    ),
    Form(
        code="E4-2",
        mart="mart_allocation_part",
        sql=PARAMETERS,
        columns=columns("""
            line_no text 6
            line_label text 28
            share_ratio ratio 12
            measure_label text 30
            times_label text 26
            part_yuan yuan 20
            floor_ratio ratio 14
            cap_ratio ratio 14
            clause text 18
        """),
    ),
)
