-- Sliding windows of 7 and 28 days, one for each day that they end with: sums over the days that the business sees now, refreshed
-- and live alike, so they are as new as the days and restated with them. The price is half up in cents, exact as in V2.
create view sales_kpi_sliding as
with spans as (
    select 7 as days
    union all
    select 28 as days
),

whole_weeks as (
    select 0 as weeks
    union all
    select 1 as weeks
    union all
    select 2 as weeks
    union all
    select 3 as weeks
),

days_of_week as (
    select 0 as days
    union all
    select 1 as days
    union all
    select 2 as days
    union all
    select 3 as days
    union all
    select 4 as days
    union all
    select 5 as days
    union all
    select 6 as days
),

shifts as (
    select 7 * whole_weeks.weeks + days_of_week.days as shift
    from whole_weeks
    cross join days_of_week
),

days as (
    select
        cast(window_start as date) as sold_on,
        dimension,
        member,
        units_sold,
        revenue
    from sales_kpi_current
    where grain = 'day'
),

newest as (
    select max(sold_on) as sold_on from days
),

sums as (
    select
        spans.days as span,
        days.sold_on + shifts.shift as ends_on,
        days.dimension,
        days.member,
        sum(days.units_sold) as units_sold,
        sum(days.revenue) as revenue
    from days
    cross join shifts
    inner join spans on shifts.shift < spans.days
    inner join newest on days.sold_on + shifts.shift <= newest.sold_on
    group by spans.days, days.sold_on + shifts.shift, days.dimension, days.member
)

select
    case span when 7 then '7d' else '28d' end as grain,
    ends_on - span + 1 as window_start,
    ends_on + 1 as window_end,
    dimension,
    member,
    cast(units_sold as bigint) as units_sold,
    cast(revenue as decimal(18, 2)) as revenue,
    cast(
        cast(
            floor(
                cast(200 * revenue + units_sold as double precision)
                / nullif(cast(2 * units_sold as double precision), 0)
            ) as decimal(16, 0)
        ) * 0.01 as decimal(18, 2)
    ) as average_price
from sums;

-- What readers of trends see: here what the weekly trends have computed.
create view trend_features_current as
select * from trend_features;

-- What rose and fell in the last 4 and the last 13 weeks against as many before, and whether that is more than a member's usual
-- noise. Each week counts as it was known at its own end, so a week whose corrections are still to come meets weeks of the same age.
-- Two counts of equal time are compared as Przyborowski and Wilenski (1940) do, (now - before)^2 / (now + before), divided by
-- the member's dispersion: the mean of the same term over the pairs of neighbouring weeks of the last year, which is 1 for
-- Poisson counts (von Neumann's successive differences, 1941; quasi-Poisson of McCullagh and Nelder, 1989). A trend moves one pair a
-- little and the two windows much. Of less than 8 pairs no noise is told. The two-sided p-value is the normal tail (Abramowitz and
-- Stegun 26.2.17, error below 2e-7), adjusted within weeks and dimension by Benjamini and Hochberg (1995): of the rows called
-- larger than noise at most one in twenty is expected not to be.
create view trend_movers as
with known as (
    select max(week_start) as last_week, min(week_start) as first_week from trend_features_current
),

lengths as (
    select 4 as weeks
    union all
    select 13 as weeks
),

spans as (
    select
        lengths.weeks,
        known.last_week,
        known.last_week - 7 * lengths.weeks as before_end,
        known.last_week - 14 * lengths.weeks as before_start
    from known
    cross join lengths
    where known.last_week - 14 * lengths.weeks + 7 >= known.first_week
),

neighbours as (
    select
        dimension,
        member,
        week_start,
        cast(units as double precision) as units,
        cast(
            lag(units) over (partition by dimension, member order by week_start) as double precision
        ) as units_before
    from trend_features_current
),

noise as (
    select
        neighbours.dimension,
        neighbours.member,
        count(*) as pairs,
        greatest(
            1,
            avg(
                (neighbours.units - neighbours.units_before)
                * (neighbours.units - neighbours.units_before)
                / (neighbours.units + neighbours.units_before)
            )
        ) as dispersion
    from neighbours
    cross join known
    where
        neighbours.week_start > known.last_week - 364
        and neighbours.units + neighbours.units_before > 0
    group by neighbours.dimension, neighbours.member
),

sums as (
    select
        spans.weeks,
        spans.last_week,
        features.dimension,
        features.member,
        sum(case when features.week_start > spans.before_end then features.units else 0 end)
            as units_now,
        sum(case when features.week_start <= spans.before_end then features.units else 0 end)
            as units_before
    from trend_features_current as features
    inner join spans
        on
            features.week_start > spans.before_start
            and features.week_start <= spans.last_week
    group by spans.weeks, spans.last_week, features.dimension, features.member
),

shares as (
    select
        sums.*,
        cast(sums.units_now as double precision)
        / nullif(sum(sums.units_now) over (partition by sums.weeks, sums.dimension), 0)
            as share_now,
        cast(sums.units_before as double precision)
        / nullif(sum(sums.units_before) over (partition by sums.weeks, sums.dimension), 0)
            as share_before
    from sums
),

scored as (
    select
        shares.*,
        noise.dispersion,
        case
            when noise.pairs >= 8
                then
                    cast(shares.units_now - shares.units_before as double precision)
                    / nullif(
                        sqrt(noise.dispersion * (shares.units_now + shares.units_before)), 0
                    )
        end as z
    from shares
    left join noise
        on shares.dimension = noise.dimension and shares.member = noise.member
),

tails as (
    select
        scored.*,
        1 / (1 + 0.2316419 * abs(scored.z)) as t
    from scored
),

tested as (
    select
        tails.*,
        0.7978845608028654 * exp(-z * z / 2)
        * t
        * (
            0.319381530
            + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))
        ) as p_value
    from tails
),

numbered as (
    select
        tested.*,
        count(p_value) over (partition by weeks, dimension) as tests,
        row_number() over (partition by weeks, dimension order by p_value nulls last, member)
            as place
    from tested
),

adjusted as (
    select
        numbered.*,
        min(least(1, p_value * tests / place)) over (
            partition by weeks, dimension
            order by place
            rows between current row and unbounded following
        ) as p_after
    from numbered
)

select
    weeks,
    last_week,
    dimension,
    member,
    cast(units_now as bigint) as units_now,
    cast(units_before as bigint) as units_before,
    cast(units_now - units_before as bigint) as units_change,
    cast(
        cast(units_now - units_before as double precision) / nullif(units_before, 0)
        as decimal(18, 6)
    ) as relative_change,
    cast(share_now as decimal(9, 6)) as share_now,
    cast(share_before as decimal(9, 6)) as share_before,
    cast(share_now - share_before as decimal(9, 6)) as share_change,
    cast(dispersion as decimal(18, 6)) as dispersion,
    cast(z as decimal(18, 6)) as z,
    cast(case when p_value is not null then p_after end as decimal(9, 6)) as p_value,
    case when p_value is not null then p_after <= 0.05 end as larger_than_noise
from adjusted;
