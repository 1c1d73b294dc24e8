-- The share of the market is that of the KPIs.
with kpis as (
    select * from {{ ref('int_settled_kpis') }}
)

select
    shares.grain,
    shares.period_start,
    shares.dimension,
    shares.member,
    kpis.market_share as expected_market_share,
    shares.market_share
from {{ ref('mart_market_share') }} as shares
inner join kpis
    on
        shares.grain = kpis.grain
        and shares.period_start = kpis.period_start
        and shares.dimension = kpis.dimension
        and shares.member = kpis.member
where
    kpis.market_share is distinct from shares.market_share
    or kpis.units_sold <> shares.own_units
