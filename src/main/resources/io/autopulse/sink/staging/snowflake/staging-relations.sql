-- The tables and views of the staging of all runs.
select
    table_name,
    table_type
from information_schema.tables
where table_schema = '{core}' and startswith(table_name, 'STG_')
