-- The run that published last.
select run_id
from {core}.load_runs
where status = 'PUBLISHED'
order by ended_at desc, run_id desc
limit 1
