-- What a member sold in each period, and what the last forecast made before it said of it.
with kpis as (
    select cast(window_start as date) as period_start, units_sold, is_final
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
        grain = ? and dimension = ? and member = ? and published and as_of < period_start
)

select kpis.period_start, kpis.units_sold, said.mean, said.lower_80, said.upper_80
from kpis
left join said on kpis.period_start = said.period_start and said.place = 1
order by kpis.period_start
