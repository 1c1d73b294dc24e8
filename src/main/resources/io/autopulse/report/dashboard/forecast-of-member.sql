-- The forecast of a member, beside the last season carried forward.
select
    forecasts.period_start,
    forecasts.as_of,
    forecasts.mean,
    forecasts.lower_80,
    forecasts.upper_80,
    forecasts.lower_95,
    forecasts.upper_95,
    naive.mean as seasonal_naive,
    forecasts.sentence
from {core}.forecasts_current as forecasts
left join {core}.forecasts_current as naive
    on
        forecasts.grain = naive.grain
        and forecasts.dimension = naive.dimension
        and forecasts.member = naive.member
        and forecasts.period_start = naive.period_start
        and naive.method = 'seasonal_naive'
where
    forecasts.grain = ?
    and forecasts.dimension = ?
    and forecasts.member = ?
    and forecasts.published
order by forecasts.period_start
