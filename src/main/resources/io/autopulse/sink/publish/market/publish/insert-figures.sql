-- The last vintage of each staged figure, unless that is a withdrawal: a vintage without values.
insert into {core}.{table} ({key}, {measures}, run_id)
with staged as (
    select distinct {key} from {staged}
),

ranked as (
    select
        {table}_history.*,
        row_number() over (partition by {history_key} order by {table}_history.known_on desc) as age
    from {core}.{table}_history
    inner join staged on {same_key}
)

select {key}, {measures}, run_id
from ranked
where age = 1 and ({any_value})
