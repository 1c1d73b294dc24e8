-- The staged vehicles of which something else, or nothing, was known.
insert into {core}.vehicles_history ({columns}, known_at, run_id)
with aged as (
    select
        {columns},
        row_number() over (partition by model_id order by known_at desc, run_id desc) as age
    from {core}.vehicles_history
),

told as (
    select {columns} from {vehicles}
    except
    select {columns} from aged where age = 1
)

select {columns}, {now} as known_at, {run_id} as run_id
from told
