-- The units of the members of one dimension.
select
    {dimension} as dimension,
    {member} as member,
    period_start,
    cast(sum(units) as bigint) as units
from cells
group by 1, 2, 3
