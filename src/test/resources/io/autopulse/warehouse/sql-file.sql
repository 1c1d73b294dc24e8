-- Sales of a region: the reader's {comment} isn't sent; not even a part.
select 'a--b' as text_with_dashes
from {core}.{table}
-- Both are named.
where region = {region}
