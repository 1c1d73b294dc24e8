-- Shows a file of a serving copy under its relation's name.
create view {core}.{table} as
select * from read_parquet({file})
