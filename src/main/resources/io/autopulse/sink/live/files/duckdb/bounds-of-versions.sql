-- The first and the last version of a batch; no row if it has none.
select
    min(updated_at) as first_updated,
    max(updated_at) as last_updated
from live_sale_versions
having count(*) > 0
