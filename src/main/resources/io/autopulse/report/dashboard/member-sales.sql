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
    count(case when sold_now then 1 end) as units_sold,
    coalesce(sum(case when sold_now then net_price end), 0) as revenue,
    coalesce(sum(case when sold_now and list_price > 0 then net_price end), 0) as net,
    coalesce(sum(case when sold_now then list_price end), 0) as list,
    count(case when is_now = 1 and status = 'CANCELLED' then 1 end) as units_cancelled,
    count(case when is_now = 1 and status = 'RETURNED' then 1 end) as units_returned,
    count(case when sold_before then 1 end) as units_sold_before,
    coalesce(sum(case when sold_before then net_price end), 0) as revenue_before,
    coalesce(
        sum(case when sold_before and list_price > 0 then net_price end), 0
    ) as net_before,
    coalesce(sum(case when sold_before then list_price end), 0) as list_before,
    count(case when is_now = 0 and status = 'CANCELLED' then 1 end) as units_cancelled_before,
    count(case when is_now = 0 and status = 'RETURNED' then 1 end) as units_returned_before
from flagged
group by member
order by units_sold desc, revenue desc, member asc
