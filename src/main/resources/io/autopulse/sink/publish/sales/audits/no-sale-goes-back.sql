-- No published sale is replaced by an older version of itself.
select
    'sale ' || versions.sale_id as place,
    'the version of ' || published.updated_at || ', sequence ' || published.sequence
    || ', or newer' as expected,
    'the version of ' || versions.updated_at || ', sequence ' || versions.sequence as found
from {sale_versions} as versions
inner join {core}.sales as published on versions.sale_id = published.sale_id
where
    versions.fate = 'CURRENT'
    and (
        published.updated_at > versions.updated_at
        or (
            published.updated_at = versions.updated_at
            and published.sequence > versions.sequence
        )
    )
