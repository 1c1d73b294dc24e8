with makes as (
    select make from {{ ref('stg_core__sales') }}
    union
    select make from {{ ref('stg_core__sale_versions') }}
    union
    select make from {{ ref('stg_core__vehicles') }}
    union
    select make from {{ ref('stg_core__market_registrations') }}
    where make <> 'ALL'
),

sold as (
    select distinct make from {{ ref('stg_core__sales') }}
),

final as (
    select
        makes.make,
        sold.make is not null as has_sales
    from makes
    left join sold on makes.make = sold.make
)

select * from final
