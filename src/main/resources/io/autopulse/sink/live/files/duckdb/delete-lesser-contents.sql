-- Deletes versions of the core table in whose place the batch puts greater contents.
delete from {core}.sale_versions as known
using live_sale_versions as versions
where {same_version}
