-- Vintages of today that a correction replaces.
delete from {core}.{table}_history
using (
    {corrections}
) as staged
where {same_key} and {table}_history.known_on = {today}
