with source as (
    select * from {{ source('core', 'load_run_audits') }}
),

renamed as (
    select
        run_id,
        audit,
        passed,
        detail
    from source
)

select * from renamed
