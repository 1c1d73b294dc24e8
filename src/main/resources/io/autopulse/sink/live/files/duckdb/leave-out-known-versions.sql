-- Leaves out of the batch what the core table has already.
delete from live_sale_versions as versions
using live_known_versions as known
where {same_version} and {same_content}
