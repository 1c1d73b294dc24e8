-- Versions of pipes that the core table has by now: a row that a pipe appends in between stays.
delete from {core}.sale_versions_live
using {core}.sale_versions as known
where
    known.sale_id = sale_versions_live.sale_id
    and known.updated_at = sale_versions_live.updated_at
    and known.sequence = sale_versions_live.sequence
    and not {content_is_greater}
