-- Leaves out of the batch what a run of this job rejected before.
delete from live_rejected_records as records
using {core}.rejected_records as known, {core}.load_runs as runs
where
    known.feed = records.feed
    and known.origin = records.origin
    and known.raw = records.raw
    and runs.run_id = known.run_id
    and runs.job = {job}
