-- Sales that may break sale-keys-unique: only those whose hash occurs twice can break either key,
-- and only of those is staging asked for ids.
with repeated as (
    select versions.*
    from {audited_versions} as versions
    inner join {repeated_sales} as repeated_sales
        on versions.sale_key = repeated_sales.sale_key
),

suspects as (
    select sale_key from repeated group by sale_key, updated_at, sequence having count(*) > 1
    union all
    select sale_key from repeated where fate = 'CURRENT' group by sale_key
    having count(*) > 1
)

select count(*) from suspects
