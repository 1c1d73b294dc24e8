-- Versions that pipes have appended, and that are not known yet.
insert into {core}.sale_versions ({columns})
select {columns}
from {core}.sale_versions_all as versions
where not exists (
    select 1
    from {core}.sale_versions as known
    where
        known.sale_id = versions.sale_id
        and known.updated_at = versions.updated_at
        and known.sequence = versions.sequence
)
