-- Every member has every period of the horizon, by every method.
with members as (
    select distinct dimension, member from {forecasts}
),

methods as (
    select distinct method from {forecasts}
),

counted as (
    select
        dimension,
        member,
        method,
        count(*) as periods,
        min(horizon) as first_horizon,
        max(horizon) as last_horizon,
        min(period_start) as first_period
    from {forecasts}
    group by dimension, member, method
)

select
    members.dimension || ' ' || members.member || ', ' || methods.method as place,
    {horizon} || ' periods from ' || {first_period} as expected,
    coalesce(counted.periods || ' periods from ' || counted.first_period, 'none') as found
from members
cross join methods
left join counted
    on
        members.dimension = counted.dimension
        and members.member = counted.member
        and methods.method = counted.method
where
    counted.periods is null
    or counted.periods <> {horizon}
    or counted.first_horizon <> 1
    or counted.last_horizon <> {horizon}
    or counted.first_period <> {first_period}
