"""The forms of the report on review and allocation (E1 to E4): layout as data, rows of their marts as they are.

Not here: a score, an amount or a sum of our own; totals are those of the rows printed.
"""

from __future__ import annotations

from dashboards.reports.form import REFERENCE, RESULT, Form, columns

# What a line of a scheme is about, by what it measures: headings are the scheme's own words.
ABOUT = """case when r.rule = 'penalty' then 'conduct' when r.indicator_code = 'satisfaction_rate' then 'satisfaction'
        when r.indicator_code similar to '(employment|retention|link|startup)_rate.*' then 'effect'
        when r.indicator_code similar to '(execution_rate|fund_|advance_|claim_cycle|unit_cost).*' then 'money'
        when r.indicator_code similar to '(base_senior_)?person.*|apprentices.*|on_the_job.*' then 'task' else 'quality' end"""

# The unit's own lines in the layout of the self-evaluation sheet: money first, then output, effect, satisfaction, conduct.
SELF = (
    """
select * from (
select
    r.line_no, r.indicator_code, r.label_zh, r.label_en, coalesce(d.unit_of_measure, 'ratio') as unit_of_measure,
    r.target_value, coalesce(r.scored_value, r.raw_value) as actual_value, r.raw_value, r.scored_weight as weight, r.score,
    case when r.level1 = '产出指标' then 'output' when r.level1 = '效益指标' then 'effect'
        when r.indicator_code = 'execution_rate' then 'money'
        when about in ('effect', 'satisfaction', 'conduct') then about else 'output' end as sheet_part,
    if(r.level1 in ('预算执行', '产出指标', '效益指标', '满意度'), coalesce(r.level2, r.level1), r.level1) as level_label,
    '' as deviation,
    case when not r.is_scored then 'not_scored' when r.direction = 'down' and r.verdict in ('above', 'below')
        then r.verdict || '_down' else r.verdict end as verdict, r.clause, false as is_total
from (select r.*, """
    + ABOUT
    + """ as about from marts.mart_review as r) as r
left join marts.mart_indicator_definition as d using (indicator_code)
where r.subject_kind = 'district' and r.reporting_unit = $1 and r.period = $2
union all
select null, null, null, null, null, null, null, null, sum(scored_weight), any_value(total_score), 'total', null, '', null,
    null, true
from marts.mart_review
where subject_kind = 'district' and reporting_unit = $1 and period = $2
having count(*) > 0
)
order by is_total, list_position(['money', 'output', 'effect', 'satisfaction', 'conduct'], sheet_part), line_no
"""
)

# The money of the year, fund by fund, as the self-evaluation sheet asks for it above its lines.
MONEY = """
select fund_source, opening_yuan, quota_yuan, income_yuan + returned_yuan as received_yuan,
    opening_yuan + income_yuan + returned_yuan as available_yuan, outlay_yuan, execution_ratio, closing_yuan
from marts.mart_fund_position
where reporting_unit = $1 and period = $2
union all
select null, sum(opening_yuan), sum(quota_yuan), sum(income_yuan + returned_yuan),
    sum(opening_yuan + income_yuan + returned_yuan), sum(outlay_yuan),
    sum(outlay_yuan)::double / nullif(sum(opening_yuan + income_yuan + returned_yuan), 0)::double,
    sum(closing_yuan)
from marts.mart_fund_position
where reporting_unit = $1 and period = $2
having count(*) > 0
order by fund_source nulls last
"""

# Who is reviewed under the unit: itself, the districts below it or the institutions in it; points by heading.
SCORES = (
    """
select
    any_value(coalesce(i.institution_name, u.unit_name, r.subject_id)) as institution_name, r.subject_kind,
    r.subject_id as named_unit,
    sum(r.score) filter (about = 'task') as task_score, sum(r.score) filter (about = 'quality') as quality_score,
    sum(r.score) filter (about = 'effect') as effect_score, sum(r.score) filter (about = 'money') as money_score,
    sum(r.score) filter (about = 'satisfaction') as satisfaction_score, sum(r.score) filter (about = 'conduct') as conduct_score,
    any_value(r.total_score) as total_score, any_value(r.rank) as rank, any_value(r.grade_zh) as grade_zh,
    any_value(r.grade_en) as grade_en, any_value(r.last_year_score) as last_year_score,
    count(*) filter (r.verdict = 'cannot_tell') as unsure_count
from (select r.*, """
    + ABOUT
    + """ as about from marts.mart_review as r) as r
left join marts.dim_institution as i on i.institution_id = r.subject_id and r.subject_kind = 'institution'
left join marts.dim_unit as u on u.reporting_unit = r.subject_id and r.subject_kind = 'district'
where r.period = $2 and r.subject_kind in ('district', 'institution') and (r.reporting_unit = $1
    or r.subject_kind = 'district' and r.subject_id in (
        select recipient_id from marts.mart_allocation_measure where allocator_unit = $1 and recipient_kind = 'district'))
group by r.subject_kind, r.subject_id, r.reporting_unit
order by r.subject_kind, rank nulls last, total_score desc nulls last, r.subject_id
"""
)

# The year after the one reviewed: results of a year decide the money of the next.
PROPOSED = """
select
    coalesce(recipient_name, '') as institution_name, recipient_id as named_unit,
    base_yuan, task_yuan, performance_yuan, difficulty_yuan, input_yuan,
    computed_yuan, floor_yuan, cap_yuan, adjustment_yuan, proposed_yuan, last_year_yuan,
    proposed_yuan - last_year_yuan as change_yuan, false as is_total
from marts.mart_allocation
where allocator_unit = $1 and year = $2::integer + 1 and scenario = 'proposal' and refusal is null
union all
select
    '', null,
    sum(base_yuan), sum(task_yuan), sum(performance_yuan), sum(difficulty_yuan), sum(input_yuan), sum(computed_yuan), null,
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
        a.recipient_name, a.recipient_id as named_unit, a.last_year_yuan, a.proposed_yuan,
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
select '', null, sum(last_year_yuan), sum(proposed_yuan), sum(decided_yuan), sum(earlier_yuan), null, null, null,
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

# Decisions beside the allocation that stand: money moved, quotas changed, money clawed back, of the year reviewed or the next.
CHANGED = """
select
    decides, year as line_no, recipient_name as institution_name, recipient_id as named_unit,
    unit_of_measure, before_value, change_value, after_value,
    reason as reason_zh, reason_en, decided_by, left(decided_at, 10) as decided_on, left(allocation_id, 8) as decision
from marts.mart_allocation_change
where allocator_unit = $1 and is_standing
    and year = $2::integer + if(decides = 'quota', 1, 0)
order by decides, recipient_id
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
            verdict_label text 18
            deviation text 24
            clause text 17
        """),
    ),
    Form(
        code="E1-2",
        mart="mart_fund_position",
        sql=MONEY,
        notes=("note_1", "note_2"),
        columns=columns("""
            fund_label text 30
            opening_yuan yuan 20 label=carried_yuan
            quota_yuan yuan 20 label=issued_yuan
            received_yuan yuan 20
            available_yuan yuan 20
            outlay_yuan yuan 20 label=year_outlay_yuan
            execution_ratio ratio 14
            closing_yuan yuan 20
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
            grade_label text 12
            plan_person_times number 13 group=quota
            quota_change ratio 10 group=quota
            quota_person_times number 13 group=quota
            claw_back_yuan yuan 17
        """),
        checks=("check_total",),
        chart=(("last_year_yuan", REFERENCE), ("proposed_yuan", RESULT)),
        chart_label="institution_name",
        chart_lines=20,
    ),
    Form(
        code="E4-2",
        mart="mart_allocation_part",
        sql=PARAMETERS,
        columns=columns("""
            line_no text 6
            line_label text 28 label=factor
            share_ratio ratio 12
            measure_label text 30
            times_label text 26
            part_yuan yuan 20
            floor_ratio ratio 14
            cap_ratio ratio 14
            clause text 18
            scheme_label text 30
        """),
    ),
    Form(
        code="E4-3",
        mart="mart_allocation_change",
        sql=CHANGED,
        notes=("note_1", "note_2"),
        columns=columns("""
            decides_label text 18
            line_no text 8 label=year
            institution_name text 24 label=recipient
            unit_of_measure text 13
            before_value line 18
            change_value line 18
            after_value line 18
            reason text 40
            decided_by text 18
            decided_on text 17
            decision text 16
        """),
    ),
)
