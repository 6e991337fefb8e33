{# A table of a build that starts from nothing: made in one statement under its own name. dbt's own way builds beside,
   renames twice and drops, for the sake of readers that no build has; that costs a third of the time of a small build. #}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
  {%- set relation = this.incorporate(type='table') -%}
  {{ run_hooks(pre_hooks) }}
  {{ drop_relation_if_exists(load_cached_relation(this)) }}
  {% call statement('main', language=model['language']) -%}
    {{ create_table_as(False, relation, compiled_code, model['language']) }}
  {%- endcall %}
  {{ run_hooks(post_hooks) }}
  {{ adapter.commit() }}
  {{ return({'relations': [relation]}) }}
{% endmaterialization %}
