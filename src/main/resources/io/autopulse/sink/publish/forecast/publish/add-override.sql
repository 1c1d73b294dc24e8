-- A planner's number beside the latest forecast; nothing if there is no such forecast.
insert into {core}.forecast_overrides (
    grain, as_of, dimension, member, period_start, units, author, reason, made_at
)
select
    grain,
    as_of,
    dimension,
    member,
    period_start,
    cast(? as decimal(18, 6)) as units,
    ? as author,
    ? as reason,
    ? as made_at
from {core}.forecasts_current
where published and grain = ? and dimension = ? and member = ? and period_start = ?
