-- The staged rejected records of each feed, for rows-as-counted.
select feed, 'rejected' as fate, count(*) as staged from {rejected_records} group by feed
