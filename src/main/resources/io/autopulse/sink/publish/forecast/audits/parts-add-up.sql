-- The parts of a published forecast add up to it.
with added as (
    select
        dimension,
        member,
        period_start,
        mean,
        level_units + trend_units + season_units + calendar_units + features_units
        + reconciliation_units + bias_units as parts
    from {forecasts}
    where published
)

select
    dimension || ' ' || member || ', ' || period_start as place,
    'parts of ' || mean as expected,
    coalesce(cast(parts as varchar), 'a part is missing') as found
from added
where coalesce(abs(parts - mean), 1) > 0.000005
