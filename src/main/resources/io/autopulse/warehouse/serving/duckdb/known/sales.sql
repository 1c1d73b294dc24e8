-- Each sale as it is now, or as it was at the end of the day that the connection asks for.
create view {core}.sales as
select * from {files}.sales
where
    getvariable('known_until') is null
    or updated_at < cast(getvariable('known_until') as timestamp)
union all by name
select * exclude (replaced_at) from {files}.sales_replaced
where
    updated_at < cast(getvariable('known_until') as timestamp)
    and replaced_at >= cast(getvariable('known_until') as timestamp)
