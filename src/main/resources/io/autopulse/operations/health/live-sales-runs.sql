-- The live job of sales that is at work: it runs, or said that it goes on without its process.
with runs as (
    select
        load_runs.job,
        load_runs.status,
        load_runs.message,
        row_number() over (order by load_runs.started_at desc, load_runs.run_id desc) as age
    from {core}.live_runs
    inner join {core}.load_runs on live_runs.run_id = load_runs.run_id
    where live_runs.live_table = 'sales_kpi_live'
)

select job
from runs
where age = 1 and (status = 'RUNNING' or (status = 'PUBLISHED' and message is not null))
