-- A month, dealer, make and model have one target.
select
    {target} as place,
    'one target' as expected,
    count(*) || ' targets' as found
from {targets}
group by {key}
having count(*) > 1
