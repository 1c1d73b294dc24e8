with sales as (
    select * from {{ ref('fct_sales') }}
),

final as (
    select
        sold_on,
        make,
        model,
        segment,
        powertrain,
        region,
        dealer_id,
        cast(sum(units_sold) as bigint) as units_sold,
        cast(sum(units_cancelled) as bigint) as units_cancelled,
        cast(sum(units_returned) as bigint) as units_returned,
        cast(sum(revenue) as decimal(18, 2)) as revenue,
        cast(sum(discount_net) as decimal(18, 2)) as discount_net,
        cast(sum(discount_list) as decimal(18, 2)) as discount_list
    from sales
    group by 1, 2, 3, 4, 5, 6, 7
)

select * from final
