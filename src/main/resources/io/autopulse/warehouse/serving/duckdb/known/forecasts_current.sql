-- Of each grain the latest vintage of the latest as-of date, or what was that at the end of a day.
create view {core}.forecasts_current as
with vintages as (
    select
        grain,
        as_of,
        vintage,
        row_number() over (partition by grain order by as_of desc, vintage desc) as age
    from {core}.forecast_vintages
)

select * from {files}.forecasts_current
where getvariable('known_until') is null
union all by name
select forecasts.*
from {files}.forecasts
semi join vintages
    on
        vintages.age = 1
        and forecasts.grain = vintages.grain
        and forecasts.as_of = vintages.as_of
        and forecasts.vintage = vintages.vintage
where getvariable('known_until') is not null
