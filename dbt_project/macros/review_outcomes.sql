{# Rates that are adjusted for the mix of trainees: indicator -> (base, result), counts over trainings of ended classes. #}
{% macro review_outcomes() %}
  {{ return({
    'completion_rate': ('count(*)', 'count_if(t.is_counted)'),
    'participation_rate': ('count_if(t.is_counted)', 'count_if(t.is_counted and t.has_result)'),
    'pass_rate': ('sum(t.examined_count)', 'sum(t.passed_count)'),
    'certificate_rate': ('count_if(t.is_counted)', 'count_if(t.is_counted and t.is_certified)'),
    'employment_rate': ('count_if(t.is_employment_base)', 'count_if(t.is_employed)'),
    'retention_rate_6m': ('count_if(t.is_employed)', 'count_if(t.is_retained_6m)'),
  }) }}
{% endmacro %}

{# A sum of fractions that comes out the same in whatever order the rows stand. #}
{% macro exact_sum(expression) -%} sum(({{ expression }})::decimal(38, 12)) {%- endmacro %}

{# Parts of the findings that the review may read: all but equal_split, which itself reads the review. #}
{% macro review_finding_families() %}
  {{ return([
    'training_count', 'certificate', 'advance', 'category', 'living', 'two_subsidies', 'work_for_training', 'overlap', 'identity',
    'list', 'rate', 'hours', 'employer', 'apprenticeship', 'institution', 'ledger', 'system', 'rejection', 'enterprise', 'pattern',
    'publication', 'due', 'catalogue', 'dalian_person', 'dalian_occupation', 'dalian_class', 'preview', 'preview_project',
    'preview_unit', 'preview_ledger'
  ]) }}
{% endmacro %}
