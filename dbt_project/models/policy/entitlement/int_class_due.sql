-- What one completed trainee of a class with the certificate required is due, to the fen, half up.
with hours as (
    select
        *,
        offline_lessons * rate_numerator
            + online_lessons * least(rate_numerator, coalesce(online_cap_fen * rate_denominator, rate_numerator)) as numerator,
        lessons_per_day * rate_denominator as denominator,
        date_sub('month', starts_on, ends_on + 1)::hugeint as month_count
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
    case
        when h.training_type = 'apprenticeship' then 'standard x months / 12'
        when h.training_type = 'startup_simulation' and h.simulation_fen is not null then 'set sum per person'
        when h.training_type = 'practical' and h.practical_share is not null then 'share of the standard'
        when h.has_set_rate then 'set rate x days, capped'
        when h.online_lessons > 0 and h.training_type <> 'on_the_job' then 'least of standard and days x rates'
        else 'standard'
    end as formula,
    h.month_count::integer as month_count,
    (case
        when h.training_type = 'apprenticeship' then (2 * h.standard_fen * h.month_count + 12) // 24
        when h.training_type = 'startup_simulation' then coalesce(h.simulation_fen, h.standard_fen)
        when h.training_type = 'practical' then round(h.standard_fen * coalesce(h.practical_share, 1), 0)::hugeint
        when h.training_type = 'on_the_job' then h.standard_fen
        when h.has_set_rate or h.online_lessons > 0
            then least(h.bound_fen, (2 * h.numerator + h.denominator) // (2 * h.denominator))
        else h.standard_fen
    end)::bigint as due_fen
from hours as h
inner join {{ ref('int_class_document') }} as d on d.class_id = h.class_id
