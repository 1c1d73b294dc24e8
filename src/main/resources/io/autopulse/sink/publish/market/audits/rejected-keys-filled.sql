-- How many cells of the key of rejected records are filled, for keys-not-null.
select
    'rejected_records' as relation,
    count(*) as cells,
    least(count(feed), count(origin), count(code), count(step)) as filled
from {rejected_records}
