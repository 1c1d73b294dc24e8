-- How many versions of the batch are new and were superseded when they came.
select count(*) as versions
from live_sale_versions as versions
anti join live_known_versions as known on {same_version}
where versions.fate = 'SUPERSEDED'
