-- The marts of sales are the audited KPIs of every closed window, in every measure that both have.
with marts as (
    {%- for dimension, column in {'model': 'model', 'region': 'region', 'dealer': 'dealer_id', 'powertrain': 'powertrain'}.items() %}
    select
        '{{ dimension }}' as dimension,
        grain,
        period_start,
        {{ column }} as member,
        units_sold,
        units_cancelled,
        units_returned,
        revenue,
        average_price,
        average_discount,
        sales_mix,
        market_share,
        is_closed
    from {{ ref('mart_sales_by_' ~ dimension) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

kpis as (
    select * from {{ ref('int_settled_kpis') }}
    where dimension in ('model', 'region', 'dealer', 'powertrain')
)

select
    kpis.grain,
    kpis.period_start,
    kpis.dimension,
    kpis.member,
    kpis.units_sold as expected_units_sold,
    marts.units_sold,
    kpis.average_price as expected_average_price,
    marts.average_price,
    kpis.average_discount as expected_average_discount,
    marts.average_discount,
    kpis.sales_mix as expected_sales_mix,
    marts.sales_mix,
    kpis.market_share as expected_market_share,
    marts.market_share
from kpis
left join marts
    on
        kpis.grain = marts.grain
        and kpis.period_start = marts.period_start
        and kpis.dimension = marts.dimension
        and kpis.member = marts.member
where
    kpis.units_sold <> coalesce(marts.units_sold, 0)
    or kpis.units_cancelled <> coalesce(marts.units_cancelled, 0)
    or kpis.units_returned <> coalesce(marts.units_returned, 0)
    or kpis.revenue <> coalesce(marts.revenue, 0)
    -- A cell whose versions all went elsewhere is a row of zeros in the KPIs, and none in a mart.
    or marts.grain is not null and (
        kpis.average_price is distinct from marts.average_price
        or kpis.average_discount is distinct from marts.average_discount
        or kpis.sales_mix is distinct from marts.sales_mix
        or kpis.market_share is distinct from marts.market_share
        or not marts.is_closed
    )
