-- The rejected records of a replay, each once.
select
    feed,
    origin,
    code,
    step,
    field,
    message,
    raw,
    format,
    header
from ({numbered}) as numbered
where is_again = 0
