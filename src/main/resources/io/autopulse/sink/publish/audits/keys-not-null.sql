-- No key is null: as many cells of it are filled as there are rows.
select
    relation as place,
    'no null in the key' as expected,
    (cells - filled) || ' of ' || cells || ' rows or groups with a null' as found
from (
    {keys}
) as staged_keys
where cells > filled
