-- Nobody sees panes of windows that the refresh has closed: sales_kpi_current leaves them out.
delete from {core}.sales_kpi_live
using (select distinct grain, window_start from {core}.sales_kpi where is_final) as closed
where
    closed.grain = sales_kpi_live.grain
    and closed.window_start = sales_kpi_live.window_start
