-- Of each grain the accuracy that the latest as-of date measured, or had measured by the end of a
-- day.
create view {core}.forecast_accuracy_current as
with measured as (
    select distinct grain, as_of, vintage from {files}.accuracy_vintages
),

vintages as (
    select
        measured.grain,
        measured.as_of,
        measured.vintage,
        row_number() over (
            partition by measured.grain order by measured.as_of desc, measured.vintage desc
        ) as age
    from measured
    semi join {core}.forecast_vintages as made
        on
            measured.grain = made.grain
            and measured.as_of = made.as_of
            and measured.vintage = made.vintage
)

select * from {files}.forecast_accuracy_current
where getvariable('known_until') is null
union all by name
select accuracy.*
from {files}.accuracy_vintages as accuracy
semi join vintages
    on
        vintages.age = 1
        and accuracy.grain = vintages.grain
        and accuracy.as_of = vintages.as_of
        and accuracy.vintage = vintages.vintage
where getvariable('known_until') is not null
