{# Yuan divided by a whole number, to the fen, half up, reckoned in whole fen. #}
{% macro divided(yuan, by) -%}
(((2 * (({{ yuan }}) * 100)::hugeint + ({{ by }})) // (2 * ({{ by }}))) / 100)::decimal(18, 2)
{%- endmacro %}
