-- The hashes of ids that are staged more than once.
create temporary table {repeated_sales} as
select sale_key
from {audited_versions}
group by sale_key
having count(*) > 1
