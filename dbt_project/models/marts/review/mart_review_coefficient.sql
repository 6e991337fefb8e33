-- One row per adjusted rate and term: least squares over all trainings of the release, solved by elimination, one term a step.
-- A term with fewer than 50 trainings in the base, or that the terms before it already say (its pivot is nothing), keeps 0.
with recursive eliminated as (
    select indicator_code, 1 as step, matrix, list_transform(matrix, lambda line, i: line[i]) as scale
    from {{ ref('int_review_equation') }}
    union all
    select
        indicator_code, step + 1,
        case when (step > 1 and scale[step] < 50) or abs(matrix[step][step]) <= 1e-9 * greatest(scale[step], 1) then matrix
            else list_transform(matrix, lambda line, i: case
                when i = step then list_transform(line, lambda x: x / matrix[step][step])
                else list_transform(line, lambda x, j: x - line[step] / matrix[step][step] * matrix[step][j]) end)
        end,
        scale
    from eliminated
    where step <= len(matrix)
),

solved as (
    select indicator_code, matrix, scale from eliminated where step = len(matrix) + 1
)

select
    s.indicator_code,
    t.term_no,
    t.term,
    case when abs(s.matrix[t.term_no + 1][t.term_no + 1] - 1) < 1e-6 and (t.term_no = 0 or s.scale[t.term_no + 1] >= 50)
        then coalesce(round(s.matrix[t.term_no + 1][-1], 10), 0) else 0 end::decimal(18, 10) as coefficient,
    s.scale[t.term_no + 1]::bigint as training_count
from solved as s
cross join {{ ref('int_review_term') }} as t
