-- The sales of each business date, and those of which a version was made by its end (UTC).
with first_versions as (
    select
        sale_id,
        sold_on,
        min(updated_at) as first_updated_at
    from {core}.sale_versions
    where sold_on >= ? and sold_on <= ?
    group by sale_id, sold_on
)

select
    sold_on,
    count(*) as sales,
    count(case when first_updated_at < cast(sold_on as timestamp) + interval '1 day' then 1 end)
        as sales_by_evening
from first_versions
group by sold_on
order by sold_on
