-- Terms of the regression, numbered: 0 the constant; of each trait the members with 50 trainings or more, but its most frequent
-- one, which the others are compared with. Categories overlap, so each is a term. Rarer members stand with the most frequent.
with members as (
    select term, split_part(term, '=', 1) as trait, sum(completion_rate_base) as training_count
    from (select unnest(string_split(profile, '|')) as term, completion_rate_base from {{ ref('int_review_cell') }})
    where term <> ''
    group by term
),

kept as (
    select * from members
    where training_count >= 50
    qualify trait = 'category' or row_number() over (partition by trait order by training_count desc, term) > 1
)

select 0 as term_no, 'constant' as term, sum(completion_rate_base) as training_count from {{ ref('int_review_cell') }}
union all
select row_number() over (order by term)::integer, term, training_count from kept
