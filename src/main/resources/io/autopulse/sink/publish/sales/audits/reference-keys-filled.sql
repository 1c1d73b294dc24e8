-- How many keys of one reference feed are filled, for keys-not-null.
select
    '{feed}' as relation,
    count(*) as cells,
    count({key}) as filled
from {staged}
