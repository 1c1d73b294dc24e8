with source as (
    select * from {{ source('core', 'load_run_feeds') }}
),

renamed as (
    select
        run_id,
        feed,
        rows_read,
        rows_accepted,
        rows_rejected,
        rows_duplicate,
        rows_superseded,
        rows_out_of_range,
        rows_published,
        rows_conflicting,
        rows_skipped
    from source
)

select * from renamed
