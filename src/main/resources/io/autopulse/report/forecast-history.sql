-- What was sold before the first period that is forecast, as it is known now.
select dimension, member, cast(window_start as date) as period_start, units_sold
from {core}.sales_kpi_current
where grain = ? and window_start >= ? and window_start < ?
order by dimension, member, window_start
