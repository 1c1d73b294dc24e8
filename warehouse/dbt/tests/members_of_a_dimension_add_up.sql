-- The members of every dimension have the units and revenue of the total.
with added as (
    select
        grain,
        period_start,
        dimension,
        sum(units_sold) as units_sold,
        sum(units_cancelled) as units_cancelled,
        sum(units_returned) as units_returned,
        sum(revenue) as revenue,
        sum(discount_list) as discount_list
    from {{ ref('int_sales_by_member') }}
    group by 1, 2, 3
)

select
    added.grain,
    added.period_start,
    added.dimension,
    totals.units_sold as expected_units_sold,
    added.units_sold
from added
inner join added as totals
    on
        added.grain = totals.grain
        and added.period_start = totals.period_start
        and totals.dimension = 'total'
where
    added.units_sold <> totals.units_sold
    or added.units_cancelled <> totals.units_cancelled
    or added.units_returned <> totals.units_returned
    or added.revenue <> totals.revenue
    or added.discount_list <> totals.discount_list
