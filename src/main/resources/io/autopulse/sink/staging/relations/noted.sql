-- What is counted under feed/measure/name and is no fate of a record.
select
    split_part(key, '/', 1) as feed,
    split_part(key, '/', 2) as measure,
    substr(
        key, length(split_part(key, '/', 1)) + length(split_part(key, '/', 2)) + 3
    ) as name,
    cast(sum(cast(count as bigint)) as bigint) as records
from {files}
where split_part(key, '/', 2) in ('ABSENT', 'LACKED', 'UNDATED')
group by 1, 2, 3
