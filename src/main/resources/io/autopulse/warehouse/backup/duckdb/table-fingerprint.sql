-- How many rows a table has, and the sum of their hashes: the same whatever the order of the rows.
select
    count(*) as row_count,
    cast(coalesce(sum(md5_number_lower(cast(kept as varchar))), 0) as varchar) as row_hash
from {core}.{table} as kept -- noqa: AL05
