-- The KPIs of the run.
insert into {core}.sales_kpi (
    grain, window_start, window_end, dimension, member, units_sold, units_cancelled,
    units_returned, revenue, average_price, median_price, p10_price, p90_price, average_discount,
    sales_mix, market_share, revision, is_final,
    computed_at,
    run_id
)
select
    grain, window_start, window_end, dimension, member, units_sold, units_cancelled,
    units_returned, revenue, average_price, median_price, p10_price, p90_price, average_discount,
    sales_mix, market_share, revision, is_final,
    {now} as computed_at,
    {run_id} as run_id
from {sales_kpi}
