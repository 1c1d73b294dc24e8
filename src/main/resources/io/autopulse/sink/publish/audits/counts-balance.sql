-- Every record of a feed has one fate: it is accepted, rejected, a duplicate, conflicting or
-- skipped.
select
    feed as place,
    rows_read || ' records read' as expected,
    rows_accepted || ' accepted + ' || rows_rejected || ' rejected + '
    || rows_duplicate || ' duplicate + ' || rows_conflicting || ' conflicting + '
    || rows_skipped || ' skipped' as found
from {load_run_feeds}
where
    rows_read
    <> rows_accepted + rows_rejected + rows_duplicate + rows_conflicting + rows_skipped
    or rows_accepted < rows_superseded + rows_out_of_range
    or least(
        rows_accepted,
        rows_rejected,
        rows_duplicate,
        rows_superseded,
        rows_out_of_range,
        rows_conflicting,
        rows_skipped
    ) < 0
