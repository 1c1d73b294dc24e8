-- Rejected records of pipes that the core table has by now, of whichever run of the job.
delete from {core}.rejected_records_live
using
    {core}.rejected_records as known,
    {core}.load_runs as runs,
    {core}.load_runs as runs_of_known
where
    known.feed = rejected_records_live.feed
    and known.origin = rejected_records_live.origin
    and runs.run_id = rejected_records_live.run_id
    and runs_of_known.run_id = known.run_id
    and runs_of_known.job = runs.job
