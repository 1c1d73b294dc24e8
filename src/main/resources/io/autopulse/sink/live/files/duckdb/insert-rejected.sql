-- Adds the rejected records that are left of the batch.
insert into {core}.rejected_records ({columns}, run_id)
select {columns}, {run_id} as run_id
from live_rejected_records
