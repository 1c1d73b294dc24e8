-- The members of a dimension add up to the total, and those of a pair to each of its attributes.
-- Numbers are rounded to a millionth before they are added up.
with sums as (
    select dimension, period_start, sum(mean) as units, count(*) as members
    from {forecasts}
    where published and dimension <> 'total'
    group by dimension, period_start
),

totals as (
    select period_start, mean from {forecasts}
    where published and dimension = 'total'
)

select
    sums.dimension || ', ' || sums.period_start as place,
    'all members add up to ' || totals.mean as expected,
    cast(sums.units as varchar) as found
from sums
inner join totals on sums.period_start = totals.period_start
where abs(sums.units - totals.mean) > 0.000001 * (sums.members + 1)
