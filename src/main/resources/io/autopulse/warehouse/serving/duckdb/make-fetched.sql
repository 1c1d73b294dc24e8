-- Makes a table for rows that are fetched, with the columns that a warehouse on this machine has.
create table {fetched}.{table} as
select * from {rows}
where false
