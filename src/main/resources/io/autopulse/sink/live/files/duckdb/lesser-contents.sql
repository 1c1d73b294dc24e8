-- Versions of the batch whose key the core table has with a lesser content.
select versions.sale_id
from live_sale_versions as versions
semi join live_known_versions as known on {same_version}
