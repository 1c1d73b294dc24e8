-- The target of each month: the one of the whole business, or else the sum of the dealers' own.
with known as (
    select
        month,
        sum(units) filter (where dealer_id = 'ALL' and make = 'ALL' and model = 'ALL') as whole,
        sum(units) filter (where dealer_id <> 'ALL' and make = 'ALL' and model = 'ALL') as dealers
    from {core}.sales_targets
    where month >= ? and month < ?
    group by month
)

select month, cast(coalesce(whole, dealers) as bigint) as units
from known
where coalesce(whole, dealers) is not null
order by month
