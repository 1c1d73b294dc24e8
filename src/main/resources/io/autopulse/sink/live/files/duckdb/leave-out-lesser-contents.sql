-- Leaves of each key of the batch the greatest content, if the core table has no greater one.
delete from live_sale_versions as versions
using (
    select * exclude (run_id, currency) from live_known_versions
    union all by name
    select * exclude (fate) from live_sale_versions
) as known
where {same_version} and {content_is_greater}
