-- The rejected records of a run, of one code or, if that is empty, of all; not those of which
-- nothing could be kept.
select
    feed,
    origin,
    raw,
    format,
    coalesce(header, '') as header
from {core}.rejected_records_all
where run_id = ? and (? = '' or code = ?) and left(raw, {length}) <> ?
order by feed, origin
