-- The latest vintage of the as-of date; 0 if there is none.
select coalesce(max(vintage), 0) from {core}.{table} where grain = {grain} and as_of = {as_of}
