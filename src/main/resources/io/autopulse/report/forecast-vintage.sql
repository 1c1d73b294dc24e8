-- The vintage that is shown: the latest of the latest as-of date.
select as_of, vintage, min(period_start) as first_period, max(period_start) as last_period
from {core}.forecasts_current
where grain = ?
group by as_of, vintage
