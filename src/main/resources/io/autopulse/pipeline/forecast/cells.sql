-- The finest combinations of members that sold, and what they sold lately.
select
    {attributes},
    cast(sum(case when period_start >= {recent} then units else 0 end) as bigint) as weight
from cells
group by {attributes}
