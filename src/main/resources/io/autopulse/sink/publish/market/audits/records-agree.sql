-- Two records of one key and one extraction have one value.
select
    '{table} ' || {figure} as place,
    'one value of each record and extraction' as expected,
    max(conflicts) || ' records with another' as found
from {staged}
where conflicts > 0
group by {key}
