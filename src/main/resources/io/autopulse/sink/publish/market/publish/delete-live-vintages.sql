-- Live vintages that <table>_history_all does not show any more.
delete from {core}.{table}_live
using {core}.{table}_history as known
where
    {same_key}
    and known.known_on = {table}_live.known_on
    and ({table}_live.computed_at <= {started} or {table}_live.settles_at <= {started})
