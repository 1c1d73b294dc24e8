-- The versions that another of their sale has replaced, and when that was made. A sale that its
-- source no longer has is left out: when it went is not known.
with replaced as (
    select
        versions.*,
        coalesce(
            lead(versions.updated_at) over (
                partition by versions.sale_id
                order by versions.updated_at, versions.sequence
            ),
            sales.updated_at
        ) as replaced_at
    from {core}.sale_versions as versions
    inner join {core}.sales on versions.sale_id = sales.sale_id
    where
        versions.updated_at < sales.updated_at
        or (versions.updated_at = sales.updated_at and versions.sequence < sales.sequence)
)

select * from replaced
where replaced_at > updated_at
