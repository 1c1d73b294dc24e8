-- The live runs that restate any of some tables, the last that started first.
select
    live_runs.run_id,
    live_runs.live_table,
    live_runs.state,
    load_runs.job,
    load_runs.status,
    load_runs.started_at,
    load_runs.host,
    load_runs.process_id,
    live_runs.is_loader
from {core}.live_runs
inner join {core}.load_runs on live_runs.run_id = load_runs.run_id
where live_runs.live_table in ({tables})
order by load_runs.started_at desc, live_runs.run_id desc, live_runs.live_table asc
