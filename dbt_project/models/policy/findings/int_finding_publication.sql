-- What a unit had to publish for a period that has ended, and did not.
select
    {{ finding_columns('s', 'd.reporting_unit', 'null', 'd.period_ends_on', "{'item': d.item, 'period': d.period}", subject_id='d.item', key='d.period') }}
from {{ ref('mart_publication_duty') }} as d
inner join {{ ref('int_policy_binding') }} as rule
    on rule.test = d.test and rule.unit_code = d.reporting_unit and d.period_ends_on between rule.valid_from and rule.valid_to
left join (select null::varchar as submission_id, null::varchar as file_name, null::varchar as sheet, null::integer as row_no) as s on true
where d.state = 'overdue'
