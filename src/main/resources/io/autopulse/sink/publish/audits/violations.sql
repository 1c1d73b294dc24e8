-- A few of the violations of an audit, and how many there are.
with violations as (
    {violations}
)

select
    place,
    expected,
    found,
    count(*) over () as violations
from violations
order by place, expected, found
limit {examples}
