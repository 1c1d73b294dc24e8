-- Live panes beside the refresh's rows. A window that a final row has closed shows the refresh's rows only; of every other cell the
-- highest revision of both tables shows, at a tie the refresh's. One sale changes the share of every member of its window, so
-- the share is taken over the rows shown: half up in millionths, exact, since both doubles are whole numbers.
create or replace view sales_kpi_current as
with closed as (
    select distinct
        grain,
        window_start
    from sales_kpi
    where is_final
),

panes as (
    select sales_kpi.*, 1 as authority from sales_kpi
    union all
    select sales_kpi_live.*, 0 as authority
    from sales_kpi_live
    left join closed
        on
            sales_kpi_live.grain = closed.grain
            and sales_kpi_live.window_start = closed.window_start
    where closed.grain is null
),

ranked as (
    select
        panes.*,
        row_number() over (
            partition by grain, window_start, dimension, member
            order by revision desc, authority desc, computed_at desc
        ) as rank_in_cell
    from panes
),

latest as (
    select
        ranked.*,
        sum(units_sold) over (partition by grain, window_start, dimension) as units_of_all
    from ranked
    where rank_in_cell = 1
)

select
    grain,
    window_start,
    window_end,
    dimension,
    member,
    units_sold,
    units_cancelled,
    units_returned,
    revenue,
    average_price,
    median_price,
    p10_price,
    p90_price,
    average_discount,
    cast(
        cast(
            floor(
                cast(2000000 * units_sold + units_of_all as double precision)
                / nullif(cast(2 * units_of_all as double precision), 0)
            ) as decimal(9, 0)
        ) * 0.000001 as decimal(9, 6)
    ) as sales_mix,
    market_share,
    revision,
    is_final,
    computed_at,
    run_id
from latest;
