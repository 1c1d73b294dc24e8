-- Units and revenue of total, make and region equal those added up from the sales.
with recomputed as (
    select *
    from {recomputed_windows}
    where dimension in (select windows.dimension from {audited_windows} as windows)
),

staged as (
    select
        grain,
        case grain when 'hour' then date_trunc('day', window_start) else window_start end
            as window_start,
        dimension,
        member,
        sum(units_sold) as units_sold,
        sum(units_cancelled) as units_cancelled,
        sum(units_returned) as units_returned,
        sum(revenue) as revenue
    from {audited_windows}
    where dimension in ('total', 'make', 'region')
    group by 1, 2, 3, 4
)

select
    coalesce(recomputed.grain, staged.grain) || ' from '
    || cast(coalesce(recomputed.window_start, staged.window_start) as date) || ', '
    || coalesce(recomputed.dimension, staged.dimension) || ' '
    || coalesce(recomputed.member, staged.member) as place,
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
        and recomputed.member = staged.member
where
    coalesce(recomputed.units_sold, 0) <> coalesce(staged.units_sold, 0)
    or coalesce(recomputed.units_cancelled, 0) <> coalesce(staged.units_cancelled, 0)
    or coalesce(recomputed.units_returned, 0) <> coalesce(staged.units_returned, 0)
    or coalesce(recomputed.revenue, 0) <> coalesce(staged.revenue, 0)
