-- When the last published run of each job started.
select
    job,
    max(started_at) as started_at
from {core}.load_runs
where status = 'PUBLISHED' and started_at <= ?
group by job
order by job
