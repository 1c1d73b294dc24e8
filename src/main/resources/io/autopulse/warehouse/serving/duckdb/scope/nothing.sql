-- Shows a relation of the whole business, without its rows.
create view {schema}.{table} as
select *
from read_parquet({file})
where false
