{# What is counted of the trainings of ended classes: name -> aggregate. #}
{% macro training_measures() %}
  {{ return({
    'enrolled_count': 'count(*)',
    'completed_count': 'count_if(is_counted)',
    'certified_count': 'count_if(is_counted and is_certified)',
    'paid_count': 'count_if(is_counted and is_paid)',
    'assessed_count': 'count_if(is_counted and has_result)',
    'levelled_count': 'count_if(is_counted and skill_level is not null)',
    'senior_count': 'count_if(is_counted and is_senior)',
    'examined_count': 'sum(examined_count)',
    'passed_count': 'sum(passed_count)',
    'linked_count': 'count_if(is_linked)',
    'employment_base_3m_count': 'count_if(is_employment_base_3m)',
    'employed_3m_count': 'count_if(is_employed_3m)',
    'employment_base_count': 'count_if(is_employment_base)',
    'employed_count': 'count_if(is_employed)',
    'employment_base_12m_count': 'count_if(is_employment_base_12m)',
    'employed_12m_count': 'count_if(is_employed_12m)',
    'retained_6m_count': 'count_if(is_retained_6m)',
    'retention_base_12m_count': 'count_if(is_retention_base_12m)',
    'retained_12m_count': 'count_if(is_retained_12m)',
    'startup_base_count': 'count_if(is_startup_base)',
    'startup_count': 'count_if(is_startup)',
  }) }}
{% endmacro %}
