-- The current sales by day, make and region.
create temporary table {audited_days} as
select
    sold_on,
    make,
    region,
    count(case when status = 'SOLD' then 1 end) as units_sold,
    count(case when status = 'CANCELLED' then 1 end) as units_cancelled,
    count(case when status = 'RETURNED' then 1 end) as units_returned,
    sum(case when status = 'SOLD' then net_price else 0 end) as revenue
from {audited_versions}
where fate = 'CURRENT'
group by sold_on, make, region
