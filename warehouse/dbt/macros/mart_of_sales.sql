{#- Sales of the members of one dimension: the additive measures, and what is divided of them. -#}
{% macro mart_of_sales(dimension) %}
sales as (
    select * from {{ ref('int_sales_by_member') }}
    where dimension = '{{ dimension }}'
),

totals as (
    select * from {{ ref('int_sales_by_member') }}
    where dimension = 'total'
),

market as (
    select * from {{ ref('int_market_by_member') }}
    where dimension = '{{ dimension }}'
),

closed as (
    select * from {{ ref('int_last_closed_day') }}
),

measured as (
    select
        sales.grain,
        sales.period_start,
        {{ period_end('sales.grain', 'sales.period_start') }} as period_end,
        sales.member,
        sales.units_sold,
        sales.units_cancelled,
        sales.units_returned,
        sales.revenue,
        sales.discount_net,
        sales.discount_list,
        {{ per_unit('sales.revenue', 'sales.units_sold') }} as average_price,
        {{ discount('sales.discount_net', 'sales.discount_list') }} as average_discount,
        {{ share('sales.units_sold', 'totals.units_sold') }} as sales_mix,
        case
            when sales.units_sold < 1000 * market.market_units
                then {{ share('sales.units_sold', 'market.market_units') }}
        end as market_share
    from sales
    inner join totals
        on
            sales.grain = totals.grain
            and sales.period_start = totals.period_start
    left join market
        on
            sales.grain = market.grain
            and sales.period_start = market.period_start
            and sales.member = market.member
),

windows as (
    select
        measured.*,
        coalesce(measured.period_end - 1 <= closed.last_closed_day, false) as is_closed
    from measured
    cross join closed
)
{%- endmacro %}

{#- The columns of such a mart, after those that name the member. -#}
{% macro columns_of_sales(relation) -%}
        {{ relation }}.units_sold,
        {{ relation }}.units_cancelled,
        {{ relation }}.units_returned,
        {{ relation }}.revenue,
        {{ relation }}.discount_net,
        {{ relation }}.discount_list,
        {{ relation }}.average_price,
        {{ relation }}.average_discount,
        {{ relation }}.sales_mix,
        {{ relation }}.market_share,
        {{ relation }}.is_closed
{%- endmacro %}
