-- What the members contribute is the change of our share of the whole market, in points.
with added as (
    select
        grain,
        period_start,
        dimension,
        sum(contribution_points) as contribution_points,
        count(*) - count(contribution_points) as without_contribution
    from {{ ref('mart_market_share') }}
    group by 1, 2, 3
),

totals as (
    select * from {{ ref('mart_market_share') }}
    where dimension = 'total'
)

select
    added.grain,
    added.period_start,
    added.dimension,
    totals.share_change_points as expected_points,
    added.contribution_points
from added
inner join totals
    on
        added.grain = totals.grain
        and added.period_start = totals.period_start
where
    abs(added.contribution_points - totals.share_change_points) > 0.000000001
    or (added.contribution_points is null) <> (totals.share_change_points is null)
    or (totals.share_change_points is not null and added.without_contribution > 0)
