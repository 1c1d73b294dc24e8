-- Targets that may be added up. Dealers' own targets need not make the one of the whole business: what it has beyond them is a row of the dealer ALL.
with lines as (
    select
        month_start,
        dealer_id,
        target_units,
        target_units_to_date,
        actual_units
    from {{ ref('mart_target_attainment') }}
    where make = 'ALL' and model = 'ALL' and target_units is not null
),

dealers as (
    select
        dealer_id,
        region
    from {{ ref('dim_dealer') }}
    where is_current
),

own as (
    select
        lines.month_start,
        lines.dealer_id,
        coalesce(dealers.region, 'ALL') as region,
        lines.target_units,
        lines.target_units_to_date,
        lines.actual_units
    from lines
    left join dealers on lines.dealer_id = dealers.dealer_id
    where lines.dealer_id <> 'ALL'
),

sums as (
    select
        month_start,
        sum(target_units) as target_units,
        sum(target_units_to_date) as target_units_to_date,
        sum(actual_units) as actual_units
    from own
    group by 1
),

beyond as (
    select
        lines.month_start,
        'ALL' as dealer_id,
        'ALL' as region,
        lines.target_units - coalesce(sums.target_units, 0) as target_units,
        lines.target_units_to_date - coalesce(sums.target_units_to_date, 0) as target_units_to_date,
        lines.actual_units - coalesce(sums.actual_units, 0) as actual_units
    from lines
    left join sums on lines.month_start = sums.month_start
    where lines.dealer_id = 'ALL'
),

rows_of_both as (
    select * from own
    union all
    select * from beyond
),

final as (
    select
        month_start,
        dealer_id,
        region,
        cast(target_units as bigint) as target_units,
        cast(target_units_to_date as decimal(18, 6)) as target_units_to_date,
        cast(actual_units as bigint) as actual_units
    from rows_of_both
)

select * from final
