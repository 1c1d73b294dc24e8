with own as (
    select
        grain,
        period_start,
        dimension,
        member,
        units_sold
    from {{ ref('int_sales_by_member') }}
    where grain in ('week', 'month')
),

market as (
    select * from {{ ref('int_market_by_member') }}
    where grain in ('week', 'month')
),

-- The periods of which the whole market is known, and what it was in the period before.
periods as (
    select
        now.grain,
        now.period_start,
        {{ previous_period('now.grain', 'now.period_start') }} as previous_start,
        now.market_units as whole_market
    from market as now
    where now.dimension = 'total'
),

compared as (
    select
        periods.*,
        before.whole_market as previous_whole_market
    from periods
    left join periods as before
        on
            periods.grain = before.grain
            and periods.previous_start = before.period_start
),

-- A member that sold in the period before and not in this one has a part in the change as well.
members as (
    select
        compared.grain,
        compared.period_start,
        own.dimension,
        own.member
    from compared
    inner join own
        on
            compared.grain = own.grain
            and compared.period_start = own.period_start
    union
    select
        compared.grain,
        compared.period_start,
        own.dimension,
        own.member
    from compared
    inner join own
        on
            compared.grain = own.grain
            and compared.previous_start = own.period_start
),

joined as (
    select
        members.grain,
        members.period_start,
        compared.previous_start,
        members.dimension,
        members.member,
        coalesce(now.units_sold, 0) as own_units,
        market.market_units,
        compared.whole_market,
        coalesce(before.units_sold, 0) as previous_own_units,
        market_before.market_units as previous_market_units,
        compared.previous_whole_market
    from members
    inner join compared
        on
            members.grain = compared.grain
            and members.period_start = compared.period_start
    left join own as now
        on
            members.grain = now.grain
            and members.period_start = now.period_start
            and members.dimension = now.dimension
            and members.member = now.member
    left join own as before
        on
            members.grain = before.grain
            and compared.previous_start = before.period_start
            and members.dimension = before.dimension
            and members.member = before.member
    left join market
        on
            members.grain = market.grain
            and members.period_start = market.period_start
            and members.dimension = market.dimension
            and members.member = market.member
    left join market as market_before
        on
            members.grain = market_before.grain
            and compared.previous_start = market_before.period_start
            and members.dimension = market_before.dimension
            and members.member = market_before.member
),

closed as (
    select * from {{ ref('int_last_closed_day') }}
),

final as (
    select
        joined.grain,
        joined.period_start,
        {{ period_end('joined.grain', 'joined.period_start') }} as period_end,
        joined.dimension,
        joined.member,
        joined.own_units,
        joined.market_units,
        joined.whole_market,
        joined.previous_own_units,
        joined.previous_market_units,
        joined.previous_whole_market,
        case
            when joined.own_units < 1000 * joined.market_units
                then {{ share('joined.own_units', 'joined.market_units') }}
        end as market_share,
        100.0 * (
            cast(joined.own_units as double) / nullif(joined.market_units, 0)
            - cast(joined.previous_own_units as double) / nullif(joined.previous_market_units, 0)
        ) as share_change_points,
        100.0 * (
            cast(joined.own_units as double) / nullif(joined.whole_market, 0)
            - cast(joined.previous_own_units as double) / nullif(joined.previous_whole_market, 0)
        ) as contribution_points,
        coalesce(
            {{ period_end('joined.grain', 'joined.period_start') }} - 1 <= closed.last_closed_day,
            false
        ) as is_closed
    from joined
    cross join closed
)

select * from final
