-- Indicators that are sums over trainings of ended classes.
{{ indicator_rows(ref('int_training_total'), [
    ['person_times', 'completed_count', none],
    ['person_times_certified', 'certified_count', none],
    ['person_times_paid', 'paid_count', none],
    ['completion_rate', 'completed_count', 'enrolled_count'],
    ['certificate_rate', 'certified_count', 'completed_count'],
    ['participation_rate', 'assessed_count', 'completed_count'],
    ['senior_share', 'senior_count', 'levelled_count'],
    ['employment_rate', 'employed_count', 'employment_base_count'],
    ['employment_rate_3m', 'employed_3m_count', 'employment_base_3m_count'],
    ['employment_rate_12m', 'employed_12m_count', 'employment_base_12m_count'],
    ['retention_rate_6m', 'retained_6m_count', 'employed_count'],
    ['retention_rate_12m', 'retained_12m_count', 'retention_base_12m_count'],
    ['link_rate', 'linked_count', 'completed_count'],
    ['startup_rate', 'startup_count', 'startup_base_count'],
]) }}
