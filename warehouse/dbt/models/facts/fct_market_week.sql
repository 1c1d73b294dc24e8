with registrations as (
    select
        period_start as week_start,
        market_units
    from {{ ref('int_market_by_member') }}
    where grain = 'week' and dimension = 'total'
),

fuel as (
    select
        {{ monday('day') }} as week_start,
        sum(average_price) as fuel_price_sum,
        count(*) as fuel_prices
    from {{ ref('stg_core__fuel_prices') }}
    group by 1
),

attention as (
    select
        {{ monday('day') }} as week_start,
        sum(coalesce(views, 0)) as views,
        sum(coalesce(mentions, 0)) as mentions
    from {{ ref('stg_core__market_attention') }}
    group by 1
),

own as (
    select
        period_start as week_start,
        units_sold
    from {{ ref('int_sales_by_member') }}
    where grain = 'week' and dimension = 'total'
),

weeks as (
    select week_start from registrations
    union
    select week_start from fuel
    union
    select week_start from attention
),

final as (
    select
        weeks.week_start,
        registrations.market_units,
        coalesce(own.units_sold, 0) as own_units,
        cast(fuel.fuel_price_sum as decimal(18, 4)) as fuel_price_sum,
        cast(coalesce(fuel.fuel_prices, 0) as bigint) as fuel_prices,
        cast(attention.views as bigint) as views,
        cast(attention.mentions as bigint) as mentions
    from weeks
    left join registrations on weeks.week_start = registrations.week_start
    left join fuel on weeks.week_start = fuel.week_start
    left join attention on weeks.week_start = attention.week_start
    left join own on weeks.week_start = own.week_start
)

select * from final
