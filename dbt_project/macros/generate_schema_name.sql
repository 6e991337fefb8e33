{# The schema of a model: every int_ model is work, the rest what its folder says. One rule for dbt and for the asset graph. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
  {%- if node.name.startswith('int_') -%} work
  {%- else -%} {{ (custom_schema_name or target.schema) | trim }}
  {%- endif -%}
{%- endmacro %}
