with regions as (
    select region from {{ ref('stg_core__sales') }}
    union
    select region from {{ ref('stg_core__sale_versions') }}
    union
    select region from {{ ref('stg_core__dealers') }}
    union
    select region from {{ ref('stg_core__market_registrations') }}
    where region <> 'ALL'
    union
    select region from {{ ref('stg_core__fuel_prices') }}
    where region <> 'ALL'
),

sold as (
    select distinct region from {{ ref('stg_core__sales') }}
),

final as (
    select
        regions.region,
        sold.region is not null as has_sales
    from regions
    left join sold on regions.region = sold.region
)

select * from final
