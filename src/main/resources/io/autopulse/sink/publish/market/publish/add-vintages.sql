-- Staged vintages that are not published yet.
insert into {core}.{table}_history ({key}, known_on, {measures}, run_id)
select {key}, known_on, {measures}, {run_id} as run_id
from {staged} as staged
where not exists (
    select 1
    from {core}.{table}_history
    where {same_key} and {table}_history.known_on = staged.known_on
)
