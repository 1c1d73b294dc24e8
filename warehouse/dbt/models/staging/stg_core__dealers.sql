with source as (
    select * from {{ source('core', 'dealers') }}
),

renamed as (
    select
        dealer_id,
        dealer_name,
        region,
        run_id
    from source
)

select * from renamed
