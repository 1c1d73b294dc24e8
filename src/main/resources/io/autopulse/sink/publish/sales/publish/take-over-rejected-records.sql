-- Rejected records that pipes have appended, and that are not known yet.
insert into {core}.rejected_records ({columns})
select {columns}
from {core}.rejected_records_all as records
where not exists (
    select 1
    from {core}.rejected_records as known
    where
        known.run_id = records.run_id
        and known.feed = records.feed
        and known.origin = records.origin
)
