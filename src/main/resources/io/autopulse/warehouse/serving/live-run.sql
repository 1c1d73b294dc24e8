-- The last live run of sales, and whether it is at work: it runs, or said that it goes on without
-- its process.
select
    runs.run_id,
    runs.job,
    runs.status = 'RUNNING'
    or (runs.status = 'PUBLISHED' and runs.message is not null) as is_at_work
from {core}.live_runs as live
inner join {core}.load_runs as runs on live.run_id = runs.run_id
where live.live_table = 'sales_kpi_live'
order by runs.started_at desc, runs.run_id desc
limit 1
