-- The staged versions, as the audits need them. A sale's id is narrowed to its hash. Equal ids
-- have equal hashes, so a repeated id is never overlooked; whether a repeated hash is a repeated
-- id is asked of staging itself.
create temporary table {audited_versions} as
select
    case when sale_id is not null then hash(sale_id) end as sale_key,
    updated_at,
    sequence,
    fate,
    status,
    sold_on,
    net_price,
    make,
    region
from {sale_versions}
