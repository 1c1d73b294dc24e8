-- The whole business in a window that is open: every sale belongs to one member of each dimension,
-- so that any one adds up to the business.
select
    coalesce(sum(units_sold), 0) as units_sold,
    coalesce(sum(units_cancelled), 0) as units_cancelled,
    coalesce(sum(units_returned), 0) as units_returned,
    coalesce(sum(revenue), 0) as revenue
from {core}.sales_kpi_current
where grain = ? and window_start = ? and dimension = ?
