-- The market and our part of it by month and powertrain. Of registrations that come in several cuts
-- the coarsest one that tells powertrains apart counts, as for the market share of KPIs.
-- Without KPIs by powertrain our part is not known, which is not zero.
with registered as (
    select
        period_start as month,
        powertrain,
        registrations,
        case when region = 'ALL' then 0 else 1 end as tells_region,
        case when make = 'ALL' then 0 else 1 end as tells_make,
        case when model = 'ALL' then 0 else 1 end as tells_model
    from {core}.market_registrations_current
    where
        period_grain = 'month'
        and powertrain <> 'ALL'
        and period_start >= ?
        and period_start < ?
),

ranked as (
    select
        registered.*,
        dense_rank() over (
            partition by month
            order by
                tells_region + tells_make + tells_model, tells_region, tells_make, tells_model
        ) as cut
    from registered
),

market as (
    select month, powertrain, cast(sum(registrations) as bigint) as registrations
    from ranked
    where cut = 1
    group by month, powertrain
),

own as (
    select cast(window_start as date) as month, member as powertrain, units_sold
    from {core}.sales_kpi_current
    where
        grain = 'month'
        and dimension = 'powertrain'
        and window_start >= ?
        and window_start < ?
)

select
    coalesce(market.month, own.month) as month,
    coalesce(market.powertrain, own.powertrain) as powertrain,
    coalesce(market.registrations, 0) as registrations,
    coalesce(own.units_sold, 0) as units_sold
from market
full join own on market.month = own.month and market.powertrain = own.powertrain
where
    coalesce(market.month, own.month) in (select known.month from market as known)
    and exists (select computed.month from own as computed)
order by month, powertrain
