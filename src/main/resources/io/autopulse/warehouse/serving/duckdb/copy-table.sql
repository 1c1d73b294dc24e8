-- Writes rows of the core schema to a table of a serving copy.
create table {copy}.main.{table} as
select * from {rows}
order by {order}
