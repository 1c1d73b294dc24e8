{#- The dimensions of the KPIs and the attributes that make their members, as sales_kpi names them. -#}
{% macro sales_dimensions() %}
    {%- do return({
        'total': [],
        'make': ['make'],
        'model': ['model'],
        'segment': ['segment'],
        'powertrain': ['powertrain'],
        'region': ['region'],
        'dealer': ['dealer_id'],
        'region x powertrain': ['region', 'powertrain'],
        'region x model': ['region', 'model'],
    }) -%}
{% endmacro %}

{#- Those of which a market feed can say how many vehicles were registered. -#}
{% macro market_dimensions() %}
    {%- set known = ['region', 'make', 'model', 'powertrain'] -%}
    {%- set dimensions = {} -%}
    {%- for name, attributes in sales_dimensions().items() if attributes | reject('in', known) | list | length == 0 -%}
        {%- do dimensions.update({name: attributes}) -%}
    {%- endfor -%}
    {%- do return(dimensions) -%}
{% endmacro %}

{#- The member of a row; the member of the total is ALL, that of a pair has both. -#}
{% macro member(attributes) -%}
    {{ attributes | join(" || ' x ' || ") if attributes else "'ALL'" }}
{%- endmacro %}

{#- A key of several columns. -#}
{% macro key_of(columns) -%}
    md5({{ columns | join(" || '|' || ") }})
{%- endmacro %}
