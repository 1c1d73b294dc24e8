-- Shows the KPIs of cells that hold nothing but what a reader may see, without their part of the
-- whole, and the units of his sales by month and powertrain, which the market is compared with.
create view {schema}.{table} as
select * replace (nullif(sales_mix, sales_mix) as sales_mix)
from {rows} as kept
where
    exists (
        select 1
        from {scope}.cells as cells
        where cells.dimension = kept.dimension and cells.member = kept.member
    )
union all by name
select
    'month' as grain,
    cast(date_trunc('month', sold_on) as timestamp) as window_start,
    'powertrain' as dimension,
    powertrain as member,
    count(*) as units_sold
from {schema}.sales
where status = 'SOLD'
group by all
