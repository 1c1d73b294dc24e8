with sales as (
    select * from {{ ref('int_sales_by_day') }}
),

members as (
    {%- for dimension, attributes in sales_dimensions().items() %}
    select
        sold_on,
        '{{ dimension }}' as dimension,
        {{ member(attributes) }} as member,
        sum(units_sold) as units_sold,
        sum(units_cancelled) as units_cancelled,
        sum(units_returned) as units_returned,
        sum(revenue) as revenue,
        sum(discount_net) as discount_net,
        sum(discount_list) as discount_list
    from sales
    group by 1, 2, 3
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

periods as (
    {%- for grain in grains() %}
    select
        '{{ grain }}' as grain,
        {{ period_start(grain, 'sold_on') }} as period_start,
        dimension,
        member,
        units_sold,
        units_cancelled,
        units_returned,
        revenue,
        discount_net,
        discount_list
    from members
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

final as (
    select
        grain,
        period_start,
        dimension,
        member,
        cast(sum(units_sold) as bigint) as units_sold,
        cast(sum(units_cancelled) as bigint) as units_cancelled,
        cast(sum(units_returned) as bigint) as units_returned,
        cast(sum(revenue) as decimal(18, 2)) as revenue,
        cast(sum(discount_net) as decimal(18, 2)) as discount_net,
        cast(sum(discount_list) as decimal(18, 2)) as discount_list
    from periods
    group by 1, 2, 3, 4
)

select * from final
