-- The currency of sales, however their versions came.
select max(currency) as currency
from (
    select currency from {core}.sale_versions
    union all
    select currency from {core}.sale_versions_live
) as versions
