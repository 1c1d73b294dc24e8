-- Sales that may break no-sale-goes-back, by the hash of their id.
select count(*)
from {audited_versions} as versions
inner join {core}.sales as published on versions.sale_key = hash(published.sale_id)
where
    versions.fate = 'CURRENT'
    and (
        published.updated_at > versions.updated_at
        or (
            published.updated_at = versions.updated_at
            and published.sequence > versions.sequence
        )
    )
