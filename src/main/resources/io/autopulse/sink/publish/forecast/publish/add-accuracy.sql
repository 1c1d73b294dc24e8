-- How well earlier forecasts did, as it is known now.
insert into {core}.forecast_accuracy (grain, as_of, vintage, {columns}, gated, run_id)
with gated as (
    select distinct dimension, member from {forecasts}
    where published and made_by in ('naive', 'seasonal_naive')
),

measured as (
    select accuracy.*, gated.member is not null as gated
    from {forecast_accuracy} as accuracy
    left join gated
        on accuracy.dimension = gated.dimension and accuracy.member = gated.member
)

select
    {grain} as grain, {as_of} as as_of, {vintage} as vintage, {columns}, gated, {run_id} as run_id
from measured
