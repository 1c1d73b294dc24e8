with source as (
    select * from {{ source('core', 'forecast_vintages') }}
),

renamed as (
    select
        grain,
        as_of,
        vintage,
        job,
        made_at,
        forecast_rows,
        fingerprint,
        run_id
    from source
)

select * from renamed
