-- The staged forecasts, as their table holds them.
select
    dimension,
    member,
    cast(period_start as date) as period_start,
    cast(horizon as bigint) as horizon,
    method,
    cast(mean as decimal(18, 6)) as mean,
    cast(lower_80 as decimal(18, 6)) as lower_80,
    cast(upper_80 as decimal(18, 6)) as upper_80,
    cast(lower_95 as decimal(18, 6)) as lower_95,
    cast(upper_95 as decimal(18, 6)) as upper_95,
    cast(published as boolean) as published,
    made_by,
    reason
from {files}
