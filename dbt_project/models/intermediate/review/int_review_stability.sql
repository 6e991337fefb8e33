-- How far a rank moves when one weight of the scheme is raised or lowered by 20 %: the largest move over all weights. Years only.
with lines as (
    select *, if(subject_kind = 'district', '', reporting_unit) as peers
    from {{ ref('mart_review') }}
    where period = year::varchar and rank is not null and (is_scored or rule = 'penalty')
),

variations as (
    select distinct l.scheme, l.subject_kind, l.line_no as varied_no, v.factor
    from lines as l
    cross join (values (0.8), (1.2)) as v (factor)
    where l.rule <> 'penalty'
),

totals as (
    select
        l.scheme, l.subject_kind, l.subject_id, l.reporting_unit, l.peers, l.year, v.varied_no, v.factor, any_value(l.rank) as rank,
        any_value(l.peer_count) as peer_count,
        round(100 * (sum((l.share * l.weight * if(l.line_no = v.varied_no, v.factor, 1))::decimal(38, 12)) filter (l.rule <> 'penalty'))::double
            / sum(l.weight * if(l.line_no = v.varied_no, v.factor, 1)) filter (l.rule <> 'penalty'), 6)
        + coalesce(sum(l.score) filter (l.rule = 'penalty'), 0)::double as total
    from lines as l
    inner join variations as v on v.scheme = l.scheme and v.subject_kind = l.subject_kind
    group by all
),

placed as (
    select *, rank() over (partition by scheme, subject_kind, peers, year, varied_no, factor order by greatest(0, round(total, 4)) desc) as place
    from totals
)

select
    subject_kind, subject_id, reporting_unit, year, max(peer_count) as peer_count, max(abs(place - rank))::bigint as places_moved,
    arg_max(varied_no, (abs(place - rank), varied_no)) as varied_no
from placed
group by all
