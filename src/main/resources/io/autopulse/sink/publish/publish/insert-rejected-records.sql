-- The rejected records of a run.
insert into {core}.rejected_records (
    run_id, feed, origin, code, step, field, message, raw, format, header
)
select
    {run_id} as run_id, feed, origin, code, step, field, message, raw, format, header
from {rejected_records}
