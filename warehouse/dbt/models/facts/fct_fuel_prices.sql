with prices as (
    select * from {{ ref('stg_core__fuel_prices') }}
),

final as (
    select
        day,
        region,
        fuel,
        average_price,
        minimum_price,
        maximum_price,
        cast(stations as bigint) as stations,
        run_id
    from prices
)

select * from final
