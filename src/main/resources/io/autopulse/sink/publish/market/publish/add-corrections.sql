-- Corrections become vintages of today.
insert into {core}.{table}_history ({key}, known_on, {measures}, run_id)
select {key}, known_on, {measures}, {run_id} as run_id
from (
    {corrections}
) as corrections
