-- The rows of a month add up to the target of the whole business, or else to those of the dealers.
with targets as (
    select
        month_start,
        coalesce(
            sum(case when dealer_id = 'ALL' then target_units end), sum(target_units)
        ) as target_units
    from {{ ref('stg_core__sales_targets') }}
    where make = 'ALL' and model = 'ALL' and target_units is not null
    group by 1
),

sums as (
    select
        month_start,
        sum(target_units) as target_units
    from {{ ref('mart_targets_by_dealer') }}
    group by 1
)

select
    targets.month_start,
    targets.target_units,
    sums.target_units as added_up
from targets
left join sums on targets.month_start = sums.month_start
where sums.target_units is null or targets.target_units <> sums.target_units
