-- The members of every dimension add up to all sales of their window, because every sale has one
-- member of every dimension. Without any KPI the total is missed.
with dimensions as (
    select distinct dimension from {audited_windows}
    union all
    select 'total' as dimension
    from (select count(*) as windows from {audited_windows}) as counted
    where windows = 0
),

recomputed as (
    select
        windows.grain,
        windows.window_start,
        dimensions.dimension,
        windows.units_sold,
        windows.units_cancelled,
        windows.units_returned,
        windows.revenue
    from {recomputed_windows} as windows
    cross join dimensions
    where windows.dimension = 'total'
),

staged as (
    select
        grain,
        case grain when 'hour' then date_trunc('day', window_start) else window_start end
            as window_start,
        dimension,
        sum(units_sold) as units_sold,
        sum(units_cancelled) as units_cancelled,
        sum(units_returned) as units_returned,
        sum(revenue) as revenue
    from {audited_windows}
    group by 1, 2, 3
)

select
    coalesce(recomputed.grain, staged.grain) || ' from '
    || cast(coalesce(recomputed.window_start, staged.window_start) as date)
    || ', all members of ' || coalesce(recomputed.dimension, staged.dimension) as place,
    coalesce(recomputed.units_sold, 0) || ' sold, ' || coalesce(recomputed.units_cancelled, 0)
    || ' cancelled, ' || coalesce(recomputed.units_returned, 0) || ' returned, revenue '
    || coalesce(recomputed.revenue, 0) as expected,
    coalesce(staged.units_sold, 0) || ' sold, ' || coalesce(staged.units_cancelled, 0)
    || ' cancelled, ' || coalesce(staged.units_returned, 0) || ' returned, revenue '
    || coalesce(staged.revenue, 0) as found
from recomputed
full outer join staged
    on
        recomputed.grain = staged.grain
        and recomputed.window_start = staged.window_start
        and recomputed.dimension = staged.dimension
where
    coalesce(recomputed.units_sold, 0) <> coalesce(staged.units_sold, 0)
    or coalesce(recomputed.units_cancelled, 0) <> coalesce(staged.units_cancelled, 0)
    or coalesce(recomputed.units_returned, 0) <> coalesce(staged.units_returned, 0)
    or coalesce(recomputed.revenue, 0) <> coalesce(staged.revenue, 0)
