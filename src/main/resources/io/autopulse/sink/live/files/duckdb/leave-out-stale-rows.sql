-- Leaves out of the batch what is not later than the row of its key in the core table.
delete from {batch} as batch
using {core}.{table} as known
where {same_key} and known.{moment} >= batch.{moment}
