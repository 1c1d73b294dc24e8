-- Shows which runs there were and how they ended; what they say may name anybody's sales.
create view {schema}.{table} as
select
    * replace (
        nullif(host, host) as host,
        nullif(process_id, process_id) as process_id,
        nullif(message, message) as message
    )
from {rows}
