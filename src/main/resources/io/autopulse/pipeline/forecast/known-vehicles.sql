-- Of each vehicle the newest row recorded before the end of the as-of date, and what its model's
-- units were sold for lately.
select
    vehicles.model_id,
    vehicles.make,
    vehicles.member,
    vehicles.segment,
    vehicles.powertrain,
    vehicles.list_price,
    prices.revenue,
    prices.units,
    vehicles.launched_on,
    vehicles.discontinued_on,
    vehicles.successor
from (
    select
        model_id,
        make,
        make || ' ' || model as member,
        segment,
        powertrain,
        list_price,
        launched_on,
        discontinued_on,
        successor,
        row_number() over (partition by model_id order by known_at desc, run_id desc) as age
    from {core}.vehicles_history
    where known_at < {known_before}
) as vehicles
left join (
    select
        model,
        sum(revenue) as revenue,
        cast(sum(units) as bigint) as units
    from cells
    where period_start >= {recent}
    group by model
) as prices
    on vehicles.member = prices.model
where vehicles.age = 1
