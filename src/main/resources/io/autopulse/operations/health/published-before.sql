-- When the last run that had published before an instant ended, live jobs left out.
select max(load_runs.ended_at) as newest
from {core}.load_runs
left join
    (select distinct run_id from {core}.live_runs) as live
    on load_runs.run_id = live.run_id
where live.run_id is null and load_runs.status = 'PUBLISHED' and load_runs.ended_at < ?
