-- What one completed trainee of a class with the certificate required is due, to the fen, half up, and what it is reckoned from.
with hours as (
    select
        *,
        offline_lessons * rate_numerator
            + online_lessons * least(rate_numerator, coalesce(online_cap_fen * rate_denominator, rate_numerator)) as numerator,
        lessons_per_day * rate_denominator as denominator,
        date_sub('month', starts_on, ends_on + 1)::hugeint as month_count,
        case
            when training_type = 'apprenticeship' then 'standard x months / 12'
            when training_type = 'startup_simulation' and simulation_fen is not null then 'set sum per person'
            when training_type = 'practical' and practical_share is not null then 'share of the standard'
            when training_type = 'on_the_job' then 'standard'
            when has_set_rate then 'set rate x days, capped'
            when online_lessons > 0 then 'least of standard and days x rates'
            else 'standard'
        end as formula
    from {{ ref('int_class_due_part') }}
)

select
    h.class_id,
    d.jurisdiction,
    d.document_no,
    case
        when h.training_type in ('apprenticeship', 'on_the_job', 'practical', 'startup_simulation') then h.training_type
        else 'training'
    end as subsidy_kind,
    h.formula,
    case
        when h.formula = 'set rate x days, capped' then h.new_rate_document
        when h.standard_from is not null then concat_ws(' ', h.project_id, h.standard_from)
        else 'class'
    end as rate_version,
    (h.standard_fen / 100)::decimal(18, 2) as standard_yuan,
    (h.rate_numerator / h.rate_denominator / 100)::decimal(18, 4) as rate_yuan,
    ((h.offline_lessons + h.online_lessons) / h.lessons_per_day)::decimal(18, 4) as day_count,
    (h.online_lessons / h.lessons_per_day)::decimal(18, 4) as online_day_count,
    (h.online_cap_fen / 100)::decimal(18, 2) as online_cap_yuan,
    (case when h.formula = 'set rate x days, capped' then h.bound_fen end / 100)::decimal(18, 2) as cap_yuan,
    case when h.formula = 'share of the standard' then h.practical_share end as share,
    h.month_count::integer as month_count,
    (case h.formula
        when 'standard x months / 12' then (2 * h.standard_fen * h.month_count + 12) // 24
        when 'set sum per person' then h.simulation_fen
        when 'share of the standard' then (2 * h.standard_fen * (h.practical_share * 10000)::hugeint + 10000) // 20000
        when 'standard' then h.standard_fen
        else least(h.bound_fen, (2 * h.numerator + h.denominator) // (2 * h.denominator))
    end)::bigint as due_fen
from hours as h
inner join {{ ref('int_class_document') }} as d on d.class_id = h.class_id
