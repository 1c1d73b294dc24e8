with source as (
    select * from {{ source('core', 'sales') }}
),

renamed as (
    select
        sale_id,
        updated_at,
        sequence,
        status,
        sold_at,
        sold_on,
        model_id,
        make,
        model,
        segment,
        powertrain,
        dealer_id,
        region,
        list_price,
        net_price,
        currency,
        channel,
        source,
        run_id
    from source
)

select * from renamed
