-- The members of every dimension add up to the same units in a week.
with sums as (
    select week_start, dimension, sum(units) as units
    from {trend_features}
    group by week_start, dimension
),

bounds as (
    select week_start, min(units) as fewest, max(units) as most
    from sums
    group by week_start
)

select
    'week of ' || sums.week_start || ', all members of ' || sums.dimension as place,
    bounds.most || ' units, as other dimensions have' as expected,
    sums.units || ' units' as found
from sums
inner join bounds on sums.week_start = bounds.week_start
where bounds.fewest <> bounds.most and sums.units <> bounds.most
