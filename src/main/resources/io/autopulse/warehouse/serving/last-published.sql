-- The run that published last; before the first one a live run, which publishes as it goes.
select run_id
from {core}.load_runs
where status = 'PUBLISHED' or run_id in (select live.run_id from {core}.live_runs as live)
order by
    case when status = 'PUBLISHED' then 0 else 1 end asc,
    coalesce(ended_at, started_at) desc,
    run_id desc
limit 1
