-- The ids of sales that rejected records name, counted under feed/REJECTED_SALE/id.
select distinct
    substr(key, length(split_part(key, '/', 1)) + length('/REJECTED_SALE/') + 1) as sale_id
from {files}
where split_part(key, '/', 2) = 'REJECTED_SALE'
