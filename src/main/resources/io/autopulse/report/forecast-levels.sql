-- How well earlier forecasts did, by dimension, and what the members of each are forecast by now.
with members as (
    select
        dimension,
        count(distinct member) as members,
        count(
            distinct case when made_by in ('naive', 'seasonal_naive') then member end
        ) as gated
    from {core}.forecasts_current
    where grain = ? and published
    group by dimension
),

measured as (
    select
        dimension,
        method,
        sum(forecasts) as forecasts,
        avg(rmsse) as rmsse,
        sum(absolute_error) / nullif(sum(units), 0) as wape,
        sum(error) / nullif(sum(units), 0) as bias,
        sum(coverage_80 * forecasts) / nullif(sum(forecasts), 0) as coverage_80,
        sum(coverage_95 * forecasts) / nullif(sum(forecasts), 0) as coverage_95
    from {core}.forecast_accuracy_current
    where grain = ? and as_of = ? and horizon = 0
    group by dimension, method
)

select
    members.dimension,
    members.members,
    members.gated,
    coalesce(forecast.forecasts, 0) as forecasts,
    forecast.rmsse,
    forecast.wape,
    forecast.bias,
    forecast.coverage_80,
    forecast.coverage_95,
    naive.rmsse as naive_rmsse,
    naive.wape as naive_wape,
    seasonal.rmsse as seasonal_rmsse,
    seasonal.wape as seasonal_wape
from members
left join measured as forecast
    on members.dimension = forecast.dimension and forecast.method = 'forecast'
left join measured as naive
    on members.dimension = naive.dimension and naive.method = 'naive'
left join measured as seasonal
    on members.dimension = seasonal.dimension and seasonal.method = 'seasonal_naive'
order by members.members, members.dimension
