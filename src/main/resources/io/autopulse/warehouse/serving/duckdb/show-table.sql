-- Shows a file of a serving copy under its name.
create view {schema}.{table} as
select * from read_parquet({file})
