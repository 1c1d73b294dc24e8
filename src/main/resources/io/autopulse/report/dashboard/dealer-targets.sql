-- The target of each month of some dealers.
with targets as (
    select sales_targets.month, sales_targets.dealer_id, sales_targets.units, dealers.region
    from {core}.sales_targets
    left join {core}.dealers on sales_targets.dealer_id = dealers.dealer_id
    where sales_targets.make = 'ALL' and sales_targets.model = 'ALL'
)

select month, cast(sum(units) as bigint) as units
from targets
where month >= ? and month < ? {filter}
group by month
order by month
