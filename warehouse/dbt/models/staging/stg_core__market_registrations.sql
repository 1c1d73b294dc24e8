with source as (
    select * from {{ source('core', 'market_registrations') }}
),

renamed as (
    select
        period_start,
        period_grain,
        region,
        make,
        model,
        powertrain,
        registrations,
        run_id
    from source
)

select * from renamed
