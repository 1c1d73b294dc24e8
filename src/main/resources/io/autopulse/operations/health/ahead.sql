-- The versions that are dated after an instant, and the newest of them.
select
    count(*) as versions,
    max(updated_at) as newest
from {core}.sale_versions
where updated_at > ?
