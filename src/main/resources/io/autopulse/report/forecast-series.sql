-- The forecasts of the members that are expected to sell most, of each dimension some.
with expected as (
    select
        dimension,
        member,
        row_number() over (partition by dimension order by sum(mean) desc, member) as place
    from {core}.forecasts_current
    where grain = ? and published
    group by dimension, member
),

baselines as (
    select dimension, member, period_start, mean
    from {core}.forecasts_current
    where grain = ? and method = 'seasonal_naive'
)

select
    forecasts.dimension,
    forecasts.member,
    forecasts.period_start,
    forecasts.mean,
    forecasts.lower_80,
    forecasts.upper_80,
    forecasts.lower_95,
    forecasts.upper_95,
    baselines.mean as seasonal_naive,
    forecasts.made_by,
    forecasts.reason,
    forecasts.sentence
from {core}.forecasts_current as forecasts
inner join expected
    on
        forecasts.dimension = expected.dimension
        and forecasts.member = expected.member
        and expected.place <= ?
inner join baselines
    on
        forecasts.dimension = baselines.dimension
        and forecasts.member = baselines.member
        and forecasts.period_start = baselines.period_start
where forecasts.grain = ? and forecasts.published
order by forecasts.dimension, expected.place, forecasts.period_start
