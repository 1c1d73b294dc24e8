-- The versions that another of their sale has replaced, or had replaced by the end of a day.
create view {core}.sales_replaced as
select * from {files}.sales_replaced
where
    getvariable('known_until') is null
    or replaced_at < cast(getvariable('known_until') as timestamp)
