with source as (
    select * from {{ source('core', 'load_runs') }}
),

renamed as (
    select
        run_id,
        job,
        status,
        interval_from,
        interval_to,
        started_at,
        ended_at,
        seconds,
        host,
        process_id,
        autopulse_version,
        runner,
        message
    from source
)

select * from renamed
