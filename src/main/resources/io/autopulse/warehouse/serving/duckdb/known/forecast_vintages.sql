-- The vintages, or those that had been made by the end of a day.
create view {core}.forecast_vintages as
select * from {files}.forecast_vintages
where
    getvariable('known_until') is null
    or made_at < cast(getvariable('known_until') as timestamp)
