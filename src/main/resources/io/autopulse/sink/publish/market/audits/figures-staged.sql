-- The staged figures of one table, each by its last vintage, for rows-as-counted.
select '{table}' as feed, 'current' as fate, coalesce(sum(records), 0) as staged
from (
    select
        records,
        row_number() over (partition by {key} order by known_on desc) as age
    from {staged}
) as vintages
where age = 1
