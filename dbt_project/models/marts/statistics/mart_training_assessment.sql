-- One row per training and assessment that speaks for it (the training's own, or one matched to it), so that a figure of
-- assessments can be traced to their rows.
select class_id, person_key, certification_key
from {{ ref('int_training_certification') }}
