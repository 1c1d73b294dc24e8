-- Of each feed at most a fraction of the records share their key and moment with another record
-- and not its content.
select
    feed as place,
    'at most {max_conflicting_percent} conflicting' as expected,
    rows_conflicting || ' of ' || rows_read || ' records, '
    || round(100.0 * rows_conflicting / rows_read, 2) || ' %'
    || coalesce(', such as of sale ' || conflicting_first, '')
    || coalesce(' and of sale ' || nullif(conflicting_last, conflicting_first), '') as found
from {load_run_feeds}
where rows_conflicting > {max_conflicting} * rows_read and rows_conflicting >= {fewest}
