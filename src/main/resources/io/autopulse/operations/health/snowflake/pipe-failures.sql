-- How many files Snowpipe has not loaded whole in 14 days, and what was wrong with one of them.
select
    count(*) as files,
    max(first_error_message) as message
from
    table(information_schema.copy_history(
        table_name => '{core}.{table}',
        start_time => dateadd('day', -14, current_timestamp())
    ))
where lower(status) not in ('loaded', 'load in progress')
