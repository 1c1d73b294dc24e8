-- How many versions of the batch conflict with another.
select count(*) as versions
from live_sale_versions
where fate = 'CONFLICTING'
