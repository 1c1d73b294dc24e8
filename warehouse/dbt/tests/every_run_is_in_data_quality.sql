-- Every run has a line, and the records of its feeds are counted once.
with runs as (
    select count(*) as runs from {{ source('core', 'load_runs') }}
),

feeds as (
    select
        coalesce(sum(rows_read), 0) as rows_read,
        coalesce(sum(rows_rejected), 0) as rows_rejected
    from {{ source('core', 'load_run_feeds') }}
),

lines as (
    select
        count(distinct run_id) as runs,
        coalesce(sum(rows_read), 0) as rows_read,
        coalesce(sum(rows_rejected), 0) as rows_rejected
    from {{ ref('mart_data_quality') }}
)

select
    runs.runs as expected_runs,
    lines.runs,
    feeds.rows_read as expected_rows_read,
    lines.rows_read
from runs
cross join feeds
cross join lines
where
    runs.runs <> lines.runs
    or feeds.rows_read <> lines.rows_read
    or feeds.rows_rejected <> lines.rows_rejected
