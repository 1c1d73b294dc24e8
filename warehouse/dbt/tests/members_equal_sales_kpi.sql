-- Sales added up by every dimension and grain are the audited KPIs of every closed window.
with kpis as (
    select * from {{ ref('int_settled_kpis') }}
),

-- The dimensions that the job computes.
computed as (
    select distinct
        grain,
        period_start,
        dimension
    from kpis
),

members as (
    select members.*
    from {{ ref('int_sales_by_member') }} as members
    inner join computed
        on
            members.grain = computed.grain
            and members.period_start = computed.period_start
            and members.dimension = computed.dimension
)

select
    coalesce(kpis.grain, members.grain) as grain,
    coalesce(kpis.period_start, members.period_start) as period_start,
    coalesce(kpis.dimension, members.dimension) as dimension,
    coalesce(kpis.member, members.member) as member,
    kpis.units_sold as expected_units_sold,
    members.units_sold,
    kpis.revenue as expected_revenue,
    members.revenue
from kpis
full outer join members
    on
        kpis.grain = members.grain
        and kpis.period_start = members.period_start
        and kpis.dimension = members.dimension
        and kpis.member = members.member
where
    coalesce(kpis.units_sold, 0) <> coalesce(members.units_sold, 0)
    or coalesce(kpis.units_cancelled, 0) <> coalesce(members.units_cancelled, 0)
    or coalesce(kpis.units_returned, 0) <> coalesce(members.units_returned, 0)
    or coalesce(kpis.revenue, 0) <> coalesce(members.revenue, 0)
