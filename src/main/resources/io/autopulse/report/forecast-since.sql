-- What the as-of date before said of the total in periods that are complete now, and what was sold.
with earlier as (
    select as_of, vintage
    from {core}.forecast_vintages
    where grain = ? and as_of < ?
    order by as_of desc, vintage desc
    limit 1
)

select
    forecasts.as_of,
    forecasts.period_start,
    forecasts.mean,
    forecasts.lower_80,
    forecasts.upper_80,
    coalesce(kpis.units_sold, 0) as sold
from {core}.forecasts
inner join earlier
    on forecasts.as_of = earlier.as_of and forecasts.vintage = earlier.vintage
left join {core}.sales_kpi_current as kpis
    on
        forecasts.grain = kpis.grain
        and forecasts.dimension = kpis.dimension
        and forecasts.member = kpis.member
        and forecasts.period_start = cast(kpis.window_start as date)
where
    forecasts.grain = ?
    and forecasts.dimension = 'total'
    and forecasts.published
    and forecasts.period_start < ?
order by forecasts.period_start
