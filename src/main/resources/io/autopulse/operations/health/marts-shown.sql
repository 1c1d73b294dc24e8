-- Whether marts are shown.
select count(*) as tables
from information_schema.tables
where upper(table_schema) = 'AUTOPULSE_MARTS' and upper(table_name) = 'MART_DATA_QUALITY'
