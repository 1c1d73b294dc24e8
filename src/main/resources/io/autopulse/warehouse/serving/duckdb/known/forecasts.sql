-- The forecasts of all vintages, or of those that had been made by the end of a day.
create view {core}.forecasts as
select * from {files}.forecasts
where getvariable('known_until') is null
union all
select forecasts.*
from {files}.forecasts
semi join {core}.forecast_vintages as vintages
    on
        forecasts.grain = vintages.grain
        and forecasts.as_of = vintages.as_of
        and forecasts.vintage = vintages.vintage
where getvariable('known_until') is not null
