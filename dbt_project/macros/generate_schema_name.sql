{# Where a model goes: every int_ model to scratch.work, the rest to the schema its folder says, in the warehouse that is
   published. One rule for dbt and for the asset graph. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
  {%- if node.name.startswith('int_') -%} work
  {%- else -%} {{ (custom_schema_name or target.schema) | trim }}
  {%- endif -%}
{%- endmacro %}

{% macro generate_database_name(custom_database_name, node) -%}
  {%- if node.name.startswith('int_') -%} scratch {%- else -%} {{ custom_database_name or target.database }} {%- endif -%}
{%- endmacro %}
