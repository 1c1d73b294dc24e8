-- Pipes append every pane. Nobody sees one whose cell has a higher revision: sales_kpi_current
-- leaves it out.
delete from {core}.sales_kpi_live
using (
    select grain, window_start, dimension, member, max(revision) as revision
    from {core}.sales_kpi_live
    group by grain, window_start, dimension, member
) as newest
where
    newest.grain = sales_kpi_live.grain
    and newest.window_start = sales_kpi_live.window_start
    and newest.dimension = sales_kpi_live.dimension
    and newest.member = sales_kpi_live.member
    and newest.revision > sales_kpi_live.revision
