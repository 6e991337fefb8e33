-- One row per line with its share of full marks by the line's rule, whether it is scored at all, and where it stands against its
-- target: above, below, or cannot tell when the 95 % interval holds the target. Shares and ends of
-- intervals are kept to 12 places, so that ties are ties and the interval of nobody of four begins at 0.
with lines as materialized (
    select *, row_number() over () as row_no from {{ ref('int_review_line') }}
),

-- over the few columns it needs: sorting a million wide rows is dearer than joining them
ranks as (
    select row_no, rank() over (peers order by scored_value * if(direction = 'up', -1, 1)) as value_rank,
        count(scored_value) over peers as value_count
    from lines
    window peers as (partition by scheme, subject_kind, if(subject_kind = 'district', '', reporting_unit), period, line_no,
        scored_value is null)
),

intervals as (
    select
        l.*, r.value_rank, r.value_count,
        coalesce(set_value, reference_value) as line_value,
        round(case when not is_sampled or coalesce(denominator, 0) <= 0 then null when basis <> 'raw' then adjusted_low
            else (raw_value + 1.9208 / denominator - 1.96 * sqrt(greatest(0, raw_value * (1 - raw_value)) / denominator
                + 0.9604 / (denominator * denominator))) / (1 + 3.8416 / denominator) end, 12) as interval_low,
        round(case when not is_sampled or coalesce(denominator, 0) <= 0 then null when basis <> 'raw' then adjusted_high
            else (raw_value + 1.9208 / denominator + 1.96 * sqrt(greatest(0, raw_value * (1 - raw_value)) / denominator
                + 0.9604 / (denominator * denominator))) / (1 + 3.8416 / denominator) end, 12) as interval_high
    from lines as l
    inner join ranks as r on r.row_no = l.row_no
),

shares as (
    select
        *,
        scored_value is not null and coalesce(sample_count, minimum_sample) >= minimum_sample
            and (rule <> 'ratio' or coalesce(set_value, 0) > 0) and (rule <> 'rank' or value_count > 1) as is_scored,
        case rule
            when 'ratio' then least(cap, greatest(0, case when direction = 'up' then scored_value / set_value
                when scored_value <= 0 then cap else set_value / scored_value end))
            when 'threshold' then coalesce(list_max(list_transform(range(1, len(step_at) + 1), lambda i: case
                when direction = 'up' and scored_value >= step_at[i] then step_share[i]
                when direction = 'down' and scored_value <= step_at[i] then step_share[i] else 0 end)), 0)
            when 'rank' then (value_count - value_rank) / nullif(value_count - 1, 0)
            else -least(maximum_points, greatest(0, coalesce(scored_value, 0)) * points_per_unit)
        end as full_share
    from intervals
)

select
    * exclude (row_no),
    case when is_scored or rule = 'penalty' then round(full_share, 12) end as share,
    case
        when scored_value is null or line_value is null or rule = 'penalty' then null
        when coalesce(sample_count, minimum_sample) < minimum_sample then 'cannot_tell'
        when interval_low is null then if(scored_value >= line_value, 'above', 'below')
        when interval_low > line_value then 'above' when interval_high < line_value then 'below' else 'cannot_tell'
    end as verdict
from shares
