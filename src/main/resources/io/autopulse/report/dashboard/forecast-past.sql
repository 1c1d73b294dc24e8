-- What a member sold in each period, and what the last forecast made before it said of it. A period
-- without a sale has no KPIs.
with kpis as (
    select cast(window_start as date) as period_start, units_sold
    from {core}.sales_kpi_current
    where
        grain = ?
        and dimension = ?
        and member = ?
        and window_start >= ?
        and window_start < ?
),

said as (
    select
        period_start,
        mean,
        lower_80,
        upper_80,
        row_number() over (
            partition by period_start order by as_of desc, vintage desc
        ) as place
    from {core}.forecasts
    where
        grain = ?
        and dimension = ?
        and member = ?
        and period_start >= ?
        and period_start < ?
        and published
        and as_of < period_start
),

last_said as (
    select period_start, mean, lower_80, upper_80
    from said
    where place = 1
)

select
    coalesce(kpis.period_start, last_said.period_start) as period_start,
    coalesce(kpis.units_sold, 0) as units_sold,
    last_said.mean,
    last_said.lower_80,
    last_said.upper_80
from kpis
full join last_said on kpis.period_start = last_said.period_start
order by period_start
