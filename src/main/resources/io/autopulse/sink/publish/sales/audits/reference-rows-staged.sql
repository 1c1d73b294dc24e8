-- The staged rows of one reference feed, for rows-as-counted.
select
    '{feed}' as feed,
    'current' as fate,
    count(*) as staged
from {staged}
