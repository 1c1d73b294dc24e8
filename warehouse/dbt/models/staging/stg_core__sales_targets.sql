with source as (
    select * from {{ source('core', 'sales_targets') }}
),

renamed as (
    select
        month as month_start,
        dealer_id,
        make,
        model,
        units as target_units,
        revenue as target_revenue,
        currency,
        updated_at,
        run_id
    from source
)

select * from renamed
