-- Shows a relation of the whole business, without its rows.
create view {schema}.{table} as
select *
from {rows}
where false
