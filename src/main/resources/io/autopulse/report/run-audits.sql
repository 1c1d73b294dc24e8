-- The audits of a run, those that failed first.
select
    audit,
    passed,
    detail
from {core}.load_run_audits
where run_id = ?
order by passed, audit
