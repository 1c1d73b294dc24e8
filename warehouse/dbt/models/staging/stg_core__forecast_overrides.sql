with source as (
    select * from {{ source('core', 'forecast_overrides') }}
),

renamed as (
    select
        grain,
        as_of,
        dimension,
        member,
        period_start,
        made_at,
        units,
        author,
        reason
    from source
)

select * from renamed
