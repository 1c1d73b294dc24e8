-- The ids of current sales that a reference feed does not know: the three of most sales.
with unknown as (
    select sales.{key}, count(*) as records
    from {sales} as sales
    left join {feed} as known on sales.{key} = known.{key}
    where sales.fate = 'CURRENT' and sales.{key} is not null and known.{key} is null
    group by sales.{key}
)

select {key}, cast(sum(records) over () as bigint) as sales
from unknown
order by records desc, {key} asc
limit 3
