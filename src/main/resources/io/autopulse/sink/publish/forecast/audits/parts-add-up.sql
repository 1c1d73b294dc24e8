-- The parts of a published forecast add up to it.
select
    dimension || ' ' || member || ', ' || period_start as place,
    'parts of ' || mean as expected,
    cast(level_units + trend_units + season_units + reconciliation_units as varchar) as found
from {forecasts}
where
    published
    and abs(level_units + trend_units + season_units + reconciliation_units - mean) > 0.000005
