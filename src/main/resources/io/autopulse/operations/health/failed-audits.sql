-- The audits that stopped a run.
select
    audit,
    detail
from {core}.load_run_audits
where run_id = ? and not passed
order by audit
