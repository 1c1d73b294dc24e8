-- Adds what is left of the batch.
insert into {core}.{table} ({columns}, run_id)
select {values}, {run_id} as run_id
from {batch}
