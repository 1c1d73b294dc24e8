with history as (
    select * from {{ ref('dealers_history') }}
),

-- What was known first is taken for true of all days before.
versions as (
    select
        dealer_id,
        dealer_name,
        region,
        case
            when row_number() over (partition by dealer_id order by dbt_valid_from) = 1
                then cast('1900-01-01' as date)
            else cast(dbt_valid_from as date)
        end as valid_from,
        coalesce(cast(dbt_valid_to as date), cast('9999-12-31' as date)) as valid_to
    from history
),

-- Dealers that sell and that no feed describes, with the region of their last sale.
unknown as (
    select
        sales.dealer_id,
        sales.region,
        row_number() over (
            partition by sales.dealer_id order by sales.sold_on desc, sales.sale_id desc
        ) as place
    from {{ ref('stg_core__sales') }} as sales
    left join versions on sales.dealer_id = versions.dealer_id
    where versions.dealer_id is null
),

all_versions as (
    select * from versions
    -- A dealer that changed twice in a day is what it was at the end of it.
    where valid_from < valid_to
    union all
    select
        dealer_id,
        cast(null as varchar) as dealer_name,
        region,
        cast('1900-01-01' as date) as valid_from,
        cast('9999-12-31' as date) as valid_to
    from unknown
    where place = 1
),

final as (
    select
        {{ key_of(['dealer_id', 'cast(valid_from as varchar)']) }} as dealer_key,
        dealer_id,
        dealer_name,
        region,
        valid_from,
        valid_to,
        valid_to = cast('9999-12-31' as date) as is_current
    from all_versions
)

select * from final
