-- The sales of each day, as they are now: of an average price and a discount the sums, which add up.
select
    sold_on,
    count(*) filter (where status = 'SOLD') as units_sold,
    coalesce(sum(net_price) filter (where status = 'SOLD'), 0) as revenue,
    coalesce(
        sum(net_price) filter (where status = 'SOLD' and list_price is not null), 0
    ) as discounted_net,
    coalesce(
        sum(list_price) filter (where status = 'SOLD' and list_price is not null), 0
    ) as discounted_list,
    count(*) filter (where status = 'CANCELLED') as units_cancelled,
    count(*) filter (where status = 'RETURNED') as units_returned
from {core}.sales
where sold_on >= ? and sold_on < ? {filter}
group by sold_on
order by sold_on
