-- The largest risers and fallers of each dimension.
with ranked as (
    select
        movers.*,
        row_number() over (
            partition by dimension, case when units_change > 0 then 1 else 0 end
            order by abs(units_change) desc, member
        ) as rank_in_direction
    from {core}.trend_movers as movers
    where weeks = ? and units_change <> 0 and dimension in ({dimensions})
)

select
    dimension,
    member,
    last_week,
    weeks,
    units_now,
    units_before,
    units_change,
    relative_change,
    share_now,
    share_before,
    share_change,
    dispersion,
    z,
    p_value,
    larger_than_noise
from ranked
where rank_in_direction <= ?
order by dimension asc, units_change desc, member asc
