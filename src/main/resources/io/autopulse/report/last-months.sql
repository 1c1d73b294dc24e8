-- The last two complete months of KPIs, and how many there are.
with months as (
    select distinct window_start
    from {core}.sales_kpi
    where grain = 'month' and is_final
    order by window_start desc
    limit 2
)

select
    cast(max(window_start) as date) as last_month,
    cast(min(window_start) as date) as month_before,
    count(*) as complete_months
from months
