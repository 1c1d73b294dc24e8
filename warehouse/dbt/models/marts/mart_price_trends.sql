with sales as (
    select
        sales.*,
        {{ per_unit('revenue', 'units_sold') }} as average_price
    from {{ ref('int_sales_by_member') }} as sales
    where
        grain in ('week', 'month')
        and dimension in ('total', 'make', 'model', 'segment', 'powertrain')
),

-- Medians and the price index are no sums: they are those of the core tables.
kpis as (
    select * from {{ ref('stg_core__sales_kpi') }}
),

features as (
    select * from {{ ref('stg_core__trend_features') }}
),

dated as (
    select
        sales.*,
        {{ period_end('sales.grain', 'sales.period_start') }} as period_end,
        {{ previous_period('sales.grain', 'sales.period_start') }} as previous_start,
        case sales.grain
            when 'week' then sales.period_start - 364
            else {{ months_later('sales.period_start', -12) }}
        end as year_before_start
    from sales
),

closed as (
    select * from {{ ref('int_last_closed_day') }}
),

final as (
    select
        dated.grain,
        dated.period_start,
        dated.period_end,
        dated.dimension,
        dated.member,
        dated.units_sold,
        dated.revenue,
        dated.average_price,
        kpis.median_price,
        {{ discount('dated.discount_net', 'dated.discount_list') }} as average_discount,
        before.average_price as previous_average_price,
        {{ divided('dated.average_price - before.average_price', 'before.average_price', 6) }}
            as price_change,
        year_before.average_price as year_before_average_price,
        {{ divided('dated.average_price - year_before.average_price', 'year_before.average_price', 6) }}
            as price_change_over_year,
        features.price_index,
        coalesce(dated.period_end - 1 <= closed.last_closed_day, false) as is_closed
    from dated
    cross join closed
    left join sales as before
        on
            dated.grain = before.grain
            and dated.previous_start = before.period_start
            and dated.dimension = before.dimension
            and dated.member = before.member
    left join sales as year_before
        on
            dated.grain = year_before.grain
            and dated.year_before_start = year_before.period_start
            and dated.dimension = year_before.dimension
            and dated.member = year_before.member
    left join kpis
        on
            dated.grain = kpis.grain
            and dated.period_start = kpis.period_start
            and dated.dimension = kpis.dimension
            and dated.member = kpis.member
    left join features
        on
            dated.grain = 'week'
            and dated.period_start = features.week_start
            and dated.dimension = features.dimension
            and dated.member = features.member
)

select * from final
