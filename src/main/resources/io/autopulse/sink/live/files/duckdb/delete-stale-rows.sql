-- Deletes the rows of the core table in whose place the batch puts later ones.
delete from {core}.{table} as known
using {batch} as batch
where {same_key}
