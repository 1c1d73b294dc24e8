-- The staged KPIs by window and dimension, and by member where the audits recompute it.
create temporary table {audited_windows} as
select
    grain,
    window_start,
    window_end,
    dimension,
    case when dimension in ('total', 'make', 'region') then kpis.member end as member,
    count(*) - count(kpis.member) as cells_without_member,
    sum(units_sold) as units_sold,
    sum(units_cancelled) as units_cancelled,
    sum(units_returned) as units_returned,
    sum(revenue) as revenue
from {sales_kpi} as kpis
group by 1, 2, 3, 4, 5
