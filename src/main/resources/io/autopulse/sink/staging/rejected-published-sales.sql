-- The published sales among those that rejected records name.
select
    sales.sale_id,
    count(*) over () as sales
from {ids} as rejected
inner join {core}.sales as sales on rejected.sale_id = sales.sale_id
order by sales.sale_id
limit 3
