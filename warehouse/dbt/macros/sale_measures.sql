{#- What a version of a sale adds to the measures. All of them are additive: averages and shares are divided at the end. A unit without
    a list price above zero has no part in the discount. -#}
{% macro sale_measures(sales) -%}
        cast(case when {{ sales }}.status = 'SOLD' then 1 else 0 end as bigint) as units_sold,
        cast(case when {{ sales }}.status = 'CANCELLED' then 1 else 0 end as bigint) as units_cancelled,
        cast(case when {{ sales }}.status = 'RETURNED' then 1 else 0 end as bigint) as units_returned,
        cast(
            case when {{ sales }}.status = 'SOLD' then {{ sales }}.net_price else 0 end
            as decimal(18, 2)
        ) as revenue,
        cast(
            case
                when {{ sales }}.status = 'SOLD' and {{ sales }}.list_price > 0 then {{ sales }}.net_price
                else 0
            end as decimal(18, 2)
        ) as discount_net,
        cast(
            case
                when {{ sales }}.status = 'SOLD' and {{ sales }}.list_price > 0 then {{ sales }}.list_price
                else 0
            end as decimal(18, 2)
        ) as discount_list
{%- endmacro %}
