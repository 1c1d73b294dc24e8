with source as (
    select * from {{ source('core', 'vehicles') }}
),

renamed as (
    select
        model_id,
        make,
        model,
        segment,
        powertrain,
        list_price,
        run_id,
        launched_on,
        discontinued_on,
        successor
    from source
)

select * from renamed
