-- The names that no mapping knows, with their records.
select feed, field, name, cast(sum(cast(records as bigint)) as bigint) as records
from {files}
group by feed, field, name
