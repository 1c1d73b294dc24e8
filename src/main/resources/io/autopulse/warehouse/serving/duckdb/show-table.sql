-- Shows a table of a serving copy under its name.
create view {schema}.{table} as
select * from {rows}
