-- One row per indicator: its only definition, as the glossary, the pages and the reports print it.
select
    indicator_code,
    label_zh,
    label_en,
    kind,
    unit_of_measure,
    shown_unit,
    formula_zh,
    formula_en,
    numerator_zh,
    denominator_zh,
    clause,
    convention,
    maturity,
    model,
    sort_no
from {{ source('given', 'indicator') }}
