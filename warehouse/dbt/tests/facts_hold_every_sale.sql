-- The facts have each published sale and version once, with its price and its status: nothing is dropped or doubled by a join.
with sales as (
    select
        count(*) as sales_rows,
        sum(net_price) as price,
        count(distinct sale_id) as sales
    from {{ source('core', 'sales') }}
),

facts as (
    select
        count(*) as sales_rows,
        sum(net_price) as price,
        count(distinct sale_id) as sales,
        sum(units_sold + units_cancelled + units_returned) as units
    from {{ ref('fct_sales') }}
),

versions as (
    select
        count(*) as version_rows,
        sum(net_price) as price
    from {{ source('core_views', 'sale_versions_all') }}
),

version_facts as (
    select
        count(*) as version_rows,
        sum(net_price) as price,
        sum(case when is_last then 1 else 0 end) as last_versions,
        count(distinct sale_id) as sales
    from {{ ref('fct_sale_versions') }}
)

select
    sales.sales_rows as expected_sales,
    facts.sales_rows as sales,
    versions.version_rows as expected_versions,
    version_facts.version_rows as versions
from sales
cross join facts
cross join versions
cross join version_facts
where
    sales.sales_rows <> facts.sales_rows
    or sales.price <> facts.price
    or sales.sales <> facts.sales
    or facts.units <> facts.sales_rows
    or versions.version_rows <> version_facts.version_rows
    or versions.price <> version_facts.price
    or version_facts.last_versions <> version_facts.sales
