-- Vintages that may still change, and are staged with other values.
delete from {core}.{table}_history
using {staged} as staged
where
    {same_key}
    and {table}_history.known_on = staged.known_on
    and staged.known_on >= {settled}
    and ({values_differ})
