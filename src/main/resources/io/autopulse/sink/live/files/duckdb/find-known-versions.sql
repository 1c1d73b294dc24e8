-- The versions of the core table that have the key of one in the batch. Bounds that are literals
-- let DuckDB pass over the row groups of other days.
create or replace temp table live_known_versions as
select known.*
from {core}.sale_versions as known
semi join live_sale_versions as versions on {known_version}
where known.updated_at between {first} and {last}
