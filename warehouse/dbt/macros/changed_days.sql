{#- What an incremental fact restates: the days whose rows differ from those that it has. Late versions, corrections, sales that moved
    to another day and rows that a source no longer has are found alike, because contents are compared and not times of loading. -#}
{% macro only_changed_days(relation, columns) %}
    {%- if is_incremental() %}
where sold_on in (
    select computed.sold_on
    from (
        select sold_on, count(*) as day_rows, {{ fingerprint(columns) }} as content
        from {{ relation }}
        group by 1
    ) as computed
    left join (
        select sold_on, count(*) as day_rows, {{ fingerprint(columns) }} as content
        from {{ this }}
        group by 1
    ) as known
        on computed.sold_on = known.sold_on
    where
        known.sold_on is null
        or computed.day_rows <> known.day_rows
        or computed.content <> known.content
)
    {%- endif %}
{% endmacro %}

{#- A number that the rows have in common, whatever their order. -#}
{% macro fingerprint(columns) -%}
    {{ adapter.dispatch('fingerprint')(columns) }}
{%- endmacro %}

{% macro default__fingerprint(columns) -%}
    hash_agg({{ columns | join(', ') }})
{%- endmacro %}

{% macro duckdb__fingerprint(columns) -%}
    sum(cast(hash({{ columns | join(', ') }}) as hugeint))
{%- endmacro %}

{#- Before an incremental fact is restated: days that its source no longer has. -#}
{% macro delete_vanished_days(source) %}
    {%- if is_incremental() -%}
        delete from {{ this }} where sold_on not in (select sold_on from {{ source }})
    {%- endif -%}
{% endmacro %}
