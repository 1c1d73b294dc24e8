-- The target of each month: the one of the whole business, or else the sum of the dealers' own.
with known as (
    select
        month,
        sum(case when dealer_id = 'ALL' then units end) as whole,
        sum(case when dealer_id <> 'ALL' then units end) as dealers
    from {core}.sales_targets
    where month >= ? and month < ? and make = 'ALL' and model = 'ALL'
    group by month
)

select month, cast(coalesce(whole, dealers) as bigint) as units
from known
where coalesce(whole, dealers) is not null
order by month
