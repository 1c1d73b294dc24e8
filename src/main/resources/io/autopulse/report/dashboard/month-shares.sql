-- The market share of a member by month, where the market is known.
select cast(window_start as date) as month, market_share
from {core}.sales_kpi_current
where
    grain = 'month'
    and dimension = ?
    and member = ?
    and window_start >= ?
    and window_start < ?
    and market_share is not null
order by month
