-- What each job's last run with rejected records rejected, by code, with the text of one.
with ranked as (
    select
        load_runs.run_id,
        load_runs.job,
        row_number() over (
            partition by load_runs.job order by load_runs.started_at desc, load_runs.run_id desc
        ) as place
    from {core}.load_runs
    where load_runs.run_id in (select kept.run_id from {core}.rejected_records_all as kept)
)

select
    ranked.job,
    rejected.feed,
    rejected.code,
    count(*) as records,
    min(rejected.message) as message,
    arg_min(rejected.origin, rejected.origin) as origin,
    arg_min(rejected.raw, rejected.origin) as raw
from {core}.rejected_records_all as rejected
inner join ranked on rejected.run_id = ranked.run_id and ranked.place = 1
group by ranked.job, rejected.feed, rejected.code
order by records desc, ranked.job asc, rejected.feed asc, rejected.code asc
