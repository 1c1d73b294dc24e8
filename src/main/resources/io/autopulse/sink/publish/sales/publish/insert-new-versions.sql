-- Staged versions that are not known yet.
insert into {core}.sale_versions ({columns}, run_id)
select {columns}, {run_id} as run_id
from {sale_versions} as versions
where not exists (
    select 1
    from {core}.sale_versions as known
    where
        known.sale_id = versions.sale_id
        and known.updated_at = versions.updated_at
        and known.sequence = versions.sequence
)
