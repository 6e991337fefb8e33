-- The proposal with its reason in one sentence, Chinese and English: what the parts are, what a bound did, what would change it.
with figures as (
    select
        *,
        format('{:,.2f}', proposed_yuan) as amount, format('{:,.2f}', last_year_yuan) as before,
        if(proposed_yuan < last_year_yuan, '减少', '增加') || format('{:,.2f}', abs(proposed_yuan - last_year_yuan)) as change_zh,
        if(proposed_yuan < last_year_yuan, '', '+') || format('{:,.2f}', proposed_yuan - last_year_yuan) as change,
        if(adjustment_yuan < 0, '', '+') || format('{:,.2f}', adjustment_yuan) as moved,
        if(last_year_yuan > 0, format('{:+.1f}%', (proposed_yuan - last_year_yuan)::double / last_year_yuan::double * 100), '') as percent,
        concat_ws('，', if(base_yuan > 0, '基数' || format('{:,.2f}', base_yuan), null), if(task_yuan > 0, '任务' || format('{:,.2f}', task_yuan), null),
            if(performance_yuan > 0, '绩效' || format('{:,.2f}', performance_yuan), null),
            if(difficulty_yuan > 0, '难度' || format('{:,.2f}', difficulty_yuan), null),
            if(input_yuan > 0, '投入' || format('{:,.2f}', input_yuan), null)) as parts_zh,
        concat_ws(', ', if(base_yuan > 0, 'base ' || format('{:,.2f}', base_yuan), null),
            if(task_yuan > 0, 'task ' || format('{:,.2f}', task_yuan), null),
            if(performance_yuan > 0, 'performance ' || format('{:,.2f}', performance_yuan), null),
            if(difficulty_yuan > 0, 'difficulty ' || format('{:,.2f}', difficulty_yuan), null),
            if(input_yuan > 0, 'input ' || format('{:,.2f}', input_yuan), null)) as parts_en,
        if(lever_measure = 'review_score', '绩效得分', coalesce(lever_label_zh, '绩效指标')) as lever_zh,
        if(lever_measure = 'review_score', 'score', coalesce(lever_label_en, 'result')) as lever_en,
        -- as many places as it takes to see the step
        case when least(abs(gain_at - lever_value), abs(lose_at - lever_value)) < if(lever_measure = 'review_score', 0.1, 0.001) then '{:.6f}'
            when lever_measure = 'review_score' then '{:.2f}' else '{:.4f}' end as lever_form
    from {{ ref('int_allocation_proposal') }}
),

levers as (
    select
        *,
        case when lever_measure is null then '方案没有绩效因素，绩效高低不影响本数' when is_near_cap then '已近上限，绩效再好也不再多得1万元'
            when gain_at is null then if(is_cap_elsewhere, '他人仍受上限时，', '') || '绩效即使满分也多不出1万元'
            else lever_zh || '由' || format(lever_form, lever_value) || if(is_result_missing, '（无得分，按此计）', '') || '升至'
                || format(lever_form, gain_at) || '可多得1万元' end as gain_zh,
        case when lever_measure is null then null when is_near_floor then '有下限保障，不会再少1万元'
            when lose_at is null then if(is_floor_elsewhere, '他人仍受下限时，', '') || '绩效再低也不会少1万元'
            else '降至' || format(lever_form, lose_at) || '则少1万元' end as lose_zh,
        case when lever_measure is null then 'the scheme has no performance factor, so no result changes this'
            when is_near_cap then 'at its cap, no result brings 10,000 more'
            when gain_at is null then 'full marks would not bring 10,000 more' || if(is_cap_elsewhere, ' while others stay at their caps', '')
            else '10,000 more at ' || lever_en || ' ' || format(lever_form, gain_at)
                || if(is_result_missing, ' (none now, counted as ', ' (now ') || format(lever_form, lever_value) || ')' end as gain_en,
        case when lever_measure is null then null when is_near_floor then 'the floor keeps it from 10,000 less'
            when lose_at is null then 'no result costs 10,000' || if(is_floor_elsewhere, ' while others stay at their floors', '')
            else '10,000 less at ' || format(lever_form, lose_at) end as lose_en
    from figures
)

select
    * exclude (amount, before, change, change_zh, moved, percent, parts_zh, parts_en, lever_zh, lever_en, lever_form, gain_zh, lose_zh, gain_en, lose_en),
    case refusal
        when 'no_pool' then '无法分配：可分配总额应大于0'
        when 'all_suspended' then '无法分配：全部对象因等次或名单暂停'
        when 'no_points' then '无法分配：方案的各因素在该年都没有数据'
        when 'floor_over_cap' then '无法分配：有对象的下限高于上限'
        when 'floors_over_pool' then '无法分配：下限合计' || format('{:,.2f}', floors_yuan) || '元，超过可分配总额' || format('{:,.2f}', pool_yuan) || '元'
        when 'caps_under_pool' then '无法分配：上限合计' || format('{:,.2f}', caps_yuan) || '元，不足可分配总额' || format('{:,.2f}', pool_yuan) || '元'
        else '建议' || amount || '元' || if(last_year_yuan > 0, '，较上年' || before || '元' || change_zh || '元（' || percent || '）', '，上年无')
            || case held_at when 'suspended' then '：等次或名单要求暂停，不予安排。' when 'locked' then '：已锁定为该数。'
                else if(computed_yuan = 0, '：上年没有可计的任务与业绩。', '：' || parts_zh || case held_at when 'floor' then '，不足下限补' || format('{:,.2f}', adjustment_yuan)
                    when 'cap' then '，超过上限减' || format('{:,.2f}', -adjustment_yuan)
                    else if(adjustment_yuan <> 0, '，因他人上下限调整' || moved, '') end
                    || '。' || concat_ws('；', gain_zh, lose_zh) || '。') end
    end as reason,
    case refusal
        when 'no_pool' then 'Not possible: the pool must be above 0'
        when 'all_suspended' then 'Not possible: all recipients are suspended by grade or list'
        when 'no_points' then 'Not possible: no factor of the scheme has figures for the year'
        when 'floor_over_cap' then 'Not possible: a floor lies above its cap'
        when 'floors_over_pool' then format('Not possible: floors come to {:,.2f} yuan, the pool is {:,.2f}', floors_yuan, pool_yuan)
        when 'caps_under_pool' then format('Not possible: caps come to {:,.2f} yuan, the pool is {:,.2f}', caps_yuan, pool_yuan)
        else amount || ' yuan' || if(last_year_yuan > 0, ', ' || change || ' (' || percent || ') on last year''s ' || before, ', none last year')
            || case held_at when 'suspended' then ': suspended by grade or list.' when 'locked' then ': locked at this sum.'
                else if(computed_yuan = 0, ': nothing done last year that counts.', ': ' || parts_en || case held_at when 'floor' then ', ' || moved || ' up to its floor'
                    when 'cap' then ', ' || moved || ' down to its cap'
                    else if(adjustment_yuan <> 0, ', ' || moved || ' after the bounds of others', '') end
                    || '; ' || concat_ws(', ', gain_en, lose_en) || '.') end
    end as reason_en
from levers
