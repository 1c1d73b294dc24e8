-- When the first version of a day's sales is of: no current version of them is older.
select min(updated_at) as first_change
from (
    select updated_at from {core}.sale_versions
    where sold_on = ?
    union all
    select updated_at from {core}.sale_versions_live
    where sold_on = ?
) as changes
