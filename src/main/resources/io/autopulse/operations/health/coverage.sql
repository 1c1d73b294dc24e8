-- How many forecasts of each grain were measured last, and how much their 80 % intervals held.
select
    grain,
    as_of,
    cast(sum(forecasts) as bigint) as forecasts,
    cast(sum(forecasts * coverage_80) / sum(forecasts) as decimal(9, 6)) as coverage
from {core}.forecast_accuracy_current
where method = 'forecast' and coverage_80 is not null and forecasts > 0 and as_of <= ?
group by grain, as_of
order by grain, as_of
