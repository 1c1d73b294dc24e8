{#- Grains of the marts, and the first day of the period of a day. A week is an ISO week: it begins on Monday. -#}
{% macro grains() %}
    {%- do return(['day', 'week', 'month']) -%}
{% endmacro %}

{% macro period_start(grain, day) -%}
    {%- if grain == 'day' -%}
        {{ day }}
    {%- elif grain == 'week' -%}
        {{ monday(day) }}
    {%- else -%}
        cast(date_trunc('{{ grain }}', {{ day }}) as date)
    {%- endif -%}
{%- endmacro %}

{% macro monday(day) -%}
    {{ adapter.dispatch('monday')(day) }}
{%- endmacro %}

{% macro default__monday(day) -%}
    cast(date_trunc('week', {{ day }}) as date)
{%- endmacro %}

{#- Whatever WEEK_START the account has. -#}
{% macro snowflake__monday(day) -%}
    cast(dateadd('day', 1 - dayofweekiso({{ day }}), {{ day }}) as date)
{%- endmacro %}

{% macro iso_day(day) -%}
    {{ adapter.dispatch('iso_day')(day) }}
{%- endmacro %}

{% macro default__iso_day(day) -%}
    isodow({{ day }})
{%- endmacro %}

{% macro snowflake__iso_day(day) -%}
    dayofweekiso({{ day }})
{%- endmacro %}

{% macro months_later(day, months) -%}
    cast({{ dbt.dateadd('month', months, day) }} as date)
{%- endmacro %}

{#- The day after the last of a period, for a column that holds the grain. -#}
{% macro period_end(grain, start) -%}
    case {{ grain }}
        when 'day' then {{ start }} + 1
        when 'week' then {{ start }} + 7
        when 'month' then {{ months_later(start, 1) }}
        when 'quarter' then {{ months_later(start, 3) }}
        when 'year' then {{ months_later(start, 12) }}
    end
{%- endmacro %}

{#- The period before. -#}
{% macro previous_period(grain, start) -%}
    case {{ grain }}
        when 'day' then {{ start }} - 1
        when 'week' then {{ start }} - 7
        when 'month' then {{ months_later(start, -1) }}
        when 'quarter' then {{ months_later(start, -3) }}
        when 'year' then {{ months_later(start, -12) }}
    end
{%- endmacro %}
