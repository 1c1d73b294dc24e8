-- How many rows differ between what is staged and the latest vintage.
with staged as (
    select {columns} from {staged_rows}
),

latest as (
    select {columns} from {core}.{table}
    where grain = {grain} and as_of = {as_of} and vintage = {latest}
),

added as (
    select * from staged
    except
    select * from latest
),

removed as (
    select * from latest
    except
    select * from staged
)

select (select count(*) from added) + (select count(*) from removed)
