-- A new vintage.
insert into {core}.forecasts (grain, as_of, vintage, {columns}, run_id)
select {grain} as grain, {as_of} as as_of, {vintage} as vintage, {columns}, {run_id} as run_id
from {forecasts}
