with source as (
    select * from {{ source('core_views', 'rejected_records_all') }}
),

renamed as (
    select
        run_id,
        feed,
        origin,
        code,
        step,
        field,
        message,
        raw,
        format,
        header
    from source
)

select * from renamed
