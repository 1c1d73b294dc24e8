-- What each member of an attribute sold in an interval, and in the one that it is compared with.
with counted as (
    select {member} as member, 1 as is_now, *
    from {core}.sales
    where sold_on >= ? and sold_on < ? {filter}
    union all
    select {member} as member, 0 as is_now, *
    from {core}.sales
    where sold_on >= ? and sold_on < ? {filter}
),

flagged as (
    select
        member,
        net_price,
        list_price,
        status,
        is_now = 1 and status = 'SOLD' as sold_now,
        is_now = 0 and status = 'SOLD' as sold_before,
        is_now
    from counted
)

select
    member,
    count(*) filter (where sold_now) as units_sold,
    coalesce(sum(net_price) filter (where sold_now), 0) as revenue,
    coalesce(sum(net_price) filter (where sold_now and list_price is not null), 0) as net,
    coalesce(sum(list_price) filter (where sold_now), 0) as list,
    count(*) filter (where is_now = 1 and status = 'CANCELLED') as units_cancelled,
    count(*) filter (where is_now = 1 and status = 'RETURNED') as units_returned,
    count(*) filter (where sold_before) as units_sold_before,
    coalesce(sum(net_price) filter (where sold_before), 0) as revenue_before,
    coalesce(sum(net_price) filter (where sold_before and list_price is not null), 0)
        as net_before,
    coalesce(sum(list_price) filter (where sold_before), 0) as list_before,
    count(*) filter (where is_now = 0 and status = 'CANCELLED') as units_cancelled_before,
    count(*) filter (where is_now = 0 and status = 'RETURNED') as units_returned_before
from flagged
group by member
order by units_sold desc, revenue desc, member asc
