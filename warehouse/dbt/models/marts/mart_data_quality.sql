with runs as (
    select * from {{ ref('stg_core__load_runs') }}
),

feeds as (
    select * from {{ ref('stg_core__load_run_feeds') }}
),

audits as (
    select
        run_id,
        count(*) as audits,
        sum(case when passed then 0 else 1 end) as audits_failed,
        min(case when passed then null else audit end) as first_failed_audit
    from {{ ref('stg_core__load_run_audits') }}
    group by 1
),

codes as (
    select
        run_id,
        feed,
        code,
        count(*) as records
    from {{ ref('stg_core__rejected_records') }}
    group by 1, 2, 3
),

rejected as (
    select
        run_id,
        feed,
        code,
        row_number() over (partition by run_id, feed order by records desc, code asc) as place,
        sum(records) over (partition by run_id, feed) as records
    from codes
),

-- A run that ended before it had read a feed has a line as well.
final as (
    select
        runs.run_id,
        coalesce(feeds.feed, 'NONE') as feed,
        runs.job,
        runs.status,
        runs.started_at,
        runs.ended_at,
        runs.seconds,
        runs.interval_from,
        runs.interval_to,
        coalesce(feeds.rows_read, 0) as rows_read,
        coalesce(feeds.rows_accepted, 0) as rows_accepted,
        coalesce(feeds.rows_rejected, 0) as rows_rejected,
        coalesce(feeds.rows_duplicate, 0) as rows_duplicate,
        coalesce(feeds.rows_conflicting, 0) as rows_conflicting,
        coalesce(feeds.rows_skipped, 0) as rows_skipped,
        coalesce(feeds.rows_superseded, 0) as rows_superseded,
        coalesce(feeds.rows_out_of_range, 0) as rows_out_of_range,
        coalesce(feeds.rows_published, 0) as rows_published,
        {{ share('feeds.rows_rejected', 'feeds.rows_read') }} as rejected_share,
        cast(coalesce(rejected.records, 0) as bigint) as rejected_records,
        rejected.code as most_frequent_code,
        cast(coalesce(audits.audits, 0) as bigint) as audits,
        cast(coalesce(audits.audits_failed, 0) as bigint) as audits_failed,
        audits.first_failed_audit,
        runs.message
    from runs
    left join feeds on runs.run_id = feeds.run_id
    left join audits on runs.run_id = audits.run_id
    left join rejected
        on
            feeds.run_id = rejected.run_id
            and feeds.feed = rejected.feed
            and rejected.place = 1
)

select * from final
