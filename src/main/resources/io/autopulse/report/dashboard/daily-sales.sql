-- The sales of each day, as they are now: of prices and discounts the sums, which add up.
select
    sold_on,
    count(case when status = 'SOLD' then 1 end) as units_sold,
    coalesce(sum(case when status = 'SOLD' then net_price end), 0) as revenue,
    coalesce(
        sum(case when status = 'SOLD' and list_price > 0 then net_price end), 0
    ) as discounted_net,
    coalesce(sum(case when status = 'SOLD' then list_price end), 0) as discounted_list,
    count(case when status = 'CANCELLED' then 1 end) as units_cancelled,
    count(case when status = 'RETURNED' then 1 end) as units_returned
from {core}.sales
where sold_on >= ? and sold_on < ? {filter}
group by sold_on
order by sold_on
