-- The strongest members of a dimension in a window that is open.
select member, units_sold, revenue
from {core}.sales_kpi_current
where grain = ? and window_start = ? and dimension = ? and units_sold > 0
order by units_sold desc, revenue desc, member asc
limit ?
