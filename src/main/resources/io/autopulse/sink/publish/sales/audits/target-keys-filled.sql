-- How many keys of the targets are filled, for keys-not-null.
select
    'targets' as relation,
    count(*) as cells,
    least({filled_keys}, count(units)) as filled
from {targets}
