-- How many cells of the key of one table are filled, for keys-not-null.
select '{table}' as relation, count(*) as cells, least({filled}) as filled from {staged}
