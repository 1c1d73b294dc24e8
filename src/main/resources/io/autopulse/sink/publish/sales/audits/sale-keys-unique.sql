-- A sale has one current version, and a version is staged once.
select
    'sale ' || sale_id || ', version of ' || updated_at || ', sequence ' || sequence as place,
    'one row' as expected,
    count(*) || ' rows' as found
from {sale_versions}
group by {key}
having count(*) > 1
union all
select
    'sale ' || sale_id as place,
    'one current version' as expected,
    count(*) || ' current versions' as found
from {sale_versions}
where fate = 'CURRENT'
group by sale_id
having count(*) > 1
