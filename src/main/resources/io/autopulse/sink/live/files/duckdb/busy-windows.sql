-- The windows that got many panes lately.
select grain, window_start
from {core}.sales_kpi_live
where computed_at >= {since}
group by grain, window_start
having count(*) >= {fewest}
