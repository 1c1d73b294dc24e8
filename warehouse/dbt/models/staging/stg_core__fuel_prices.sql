with source as (
    select * from {{ source('core', 'fuel_prices') }}
),

renamed as (
    select
        day,
        region,
        fuel,
        average_price,
        minimum_price,
        maximum_price,
        stations,
        run_id
    from source
)

select * from renamed
