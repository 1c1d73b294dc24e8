{#- A source that a warehouse may lack because no feed of it was ever published: then a relation without rows. -#}
{% macro source_if_there(source_name, table_name, columns) %}
    {%- set relation = source(source_name, table_name) -%}
    {%- if not execute or adapter.get_relation(relation.database, relation.schema, relation.identifier) is not none -%}
    select * from {{ relation }}
    {%- else -%}
    select
        {%- for name, type in columns.items() %}
        cast(null as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    where 1 = 0
    {%- endif -%}
{% endmacro %}
