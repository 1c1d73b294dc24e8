-- The audits of each job's last run that was audited, those that failed first.
with ranked as (
    select
        load_runs.run_id,
        load_runs.job,
        row_number() over (
            partition by load_runs.job order by load_runs.started_at desc, load_runs.run_id desc
        ) as place
    from {core}.load_runs
    where load_runs.run_id in (select audited.run_id from {core}.load_run_audits as audited)
)

select ranked.job, audits.audit, audits.passed, audits.detail
from {core}.load_run_audits as audits
inner join ranked on audits.run_id = ranked.run_id and ranked.place = 1
order by audits.passed, ranked.job, audits.audit
