-- What Snowflake has loaded into a table, file by file. It keeps 14 days.
select
    file_name,
    status,
    first_error_message
from
    table({database}.information_schema.copy_history(
        table_name => '{database}.{core}.{table}',
        start_time => dateadd('day', -14, current_timestamp())
    ))
