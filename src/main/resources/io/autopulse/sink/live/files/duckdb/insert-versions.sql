-- Adds what is left of the batch.
insert into {core}.sale_versions ({columns}, currency, run_id)
select {columns}, {currency} as currency, {run_id} as run_id
from live_sale_versions
