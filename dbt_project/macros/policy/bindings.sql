{# A division code without its trailing pairs of zeros: what the codes below it begin with (500000 -> 50, 500103 -> 500103). #}
{% macro division_prefix(code) -%} regexp_replace({{ code }}, '(00)+$', '') {%- endmacro %}

{# Join the rule of a test that binds a unit on a day, as `rule`. #}
{% macro bound(test, unit, day) -%}
inner join {{ ref('int_policy_binding') }} as rule
    on rule.test = '{{ test }}' and rule.unit_code = {{ unit }} and {{ day }} between rule.valid_from and rule.valid_to
{%- endmacro %}

{# The same for a day before the rule began too: of the versions not yet over, the caller takes the first. #}
{% macro bound_or_before(test, unit, day) -%}
inner join {{ ref('int_policy_binding') }} as rule
    on rule.test = '{{ test }}' and rule.unit_code = {{ unit }} and {{ day }} <= rule.valid_to
{%- endmacro %}

{# Join a parameter of the rule's jurisdiction in force on a day, as `alias`; its number is `alias.amount`. #}
{% macro limit(parameter, alias, day, kind='inner') -%}
{{ kind }} join {{ ref('int_policy_parameter') }} as {{ alias }}
    on {{ alias }}.parameter = '{{ parameter }}' and {{ alias }}.jurisdiction = rule.jurisdiction
    and {{ day }} between {{ alias }}.valid_from and {{ alias }}.valid_to
{%- endmacro %}

{# Members of a category set of the rule's jurisdiction on a day, as a list (empty where there is none). #}
{% macro category_list(category_set, jurisdiction, day) -%}
(
    select coalesce(list(g.category), []) from {{ ref('int_policy_category') }} as g
    where g.category_set = '{{ category_set }}' and g.jurisdiction = {{ jurisdiction }}
        and {{ day }} between g.valid_from and g.valid_to
)
{%- endmacro %}

{# Members of a catalogue of a jurisdiction on a day, as a list (empty where there is none). #}
{% macro catalogue_list(catalogue, item, jurisdiction, day) -%}
(
    select coalesce(list(g.member), []) from {{ ref('int_policy_catalogue') }} as g
    where g.catalogue = '{{ catalogue }}' and g.item = '{{ item }}' and g.jurisdiction = {{ jurisdiction }}
        and {{ day }} between g.valid_from and g.valid_to
)
{%- endmacro %}
