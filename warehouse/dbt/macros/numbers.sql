{#- Numbers as the core tables have them: half up, away from zero at a tie, exact on every warehouse. Doubles would round 50.005 down.
    A dividend without its remainder is a multiple of the divisor, so that no division rounds. -#}

{% macro whole(expression) -%}
    cast({{ expression }} as {{ adapter.dispatch('type_whole')() }})
{%- endmacro %}

{% macro default__type_whole() %}decimal(38, 0){% endmacro %}

{% macro duckdb__type_whole() %}hugeint{% endmacro %}

{#- numerator / denominator, with so many decimals; null where the denominator is not positive. Both have two decimals at most. -#}
{% macro divided(numerator, denominator, decimals) -%}
    {%- set twice = whole("2 * " ~ (10 ** decimals) ~ " * abs(100 * (" ~ numerator ~ "))") ~ " + " ~ whole("100 * (" ~ denominator ~ ")") -%}
    {%- set divisor = whole("200 * nullif(greatest(" ~ denominator ~ ", 0), 0)") -%}
    cast(
        sign({{ numerator }})
        * cast(round(({{ twice }} - mod({{ twice }}, {{ divisor }})) / {{ divisor }}) as decimal(18, 0))
        * {{ "0." ~ "0" * (decimals - 1) ~ "1" }} as decimal(18, {{ decimals }})
    )
{%- endmacro %}

{#- A share of one, in millionths. -#}
{% macro share(numerator, denominator) -%}
    {{ divided(numerator, denominator, 6) }}
{%- endmacro %}

{#- An amount a unit, in hundredths. -#}
{% macro per_unit(amount, units) -%}
    {{ divided(amount, units, 2) }}
{%- endmacro %}

{#- The discount of the average euro, of the units that have a list price. -#}
{% macro discount(net, list) -%}
    {{ divided("(" ~ list ~ ") - (" ~ net ~ ")", list, 6) }}
{%- endmacro %}
