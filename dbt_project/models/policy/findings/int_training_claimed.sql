-- Trainings claimed for: a claim of kind training or apprenticeship for the class, and for the person where it names one.
select distinct class_id, person_key
from {{ ref('int_claim_reach') }}
where subsidy_kind in ('training', 'apprenticeship')
