-- Each job: when it last published, how its last run ended, and what that read and rejected.
with ranked as (
    select
        load_runs.*,
        row_number() over (partition by job order by started_at desc, run_id desc) as place,
        max(case when status = 'PUBLISHED' then coalesce(ended_at, started_at) end)
            over (partition by job) as published_at
    from {core}.load_runs
),

counts as (
    select
        run_id,
        cast(sum(rows_read) as bigint) as rows_read,
        cast(sum(rows_rejected) as bigint) as rows_rejected
    from {core}.load_run_feeds
    group by run_id
)

select
    ranked.job,
    ranked.published_at,
    ranked.run_id,
    ranked.status,
    ranked.message,
    counts.rows_read,
    counts.rows_rejected
from ranked
left join counts on ranked.run_id = counts.run_id
where ranked.place = 1
order by ranked.job
