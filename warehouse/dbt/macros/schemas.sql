{#- A model is built in the schema of the build, whatever folder it is in. What names a schema itself, such as the history of
    dealers, is there. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
