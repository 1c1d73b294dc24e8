-- The sales, if the run covers all dates.
delete from {core}.sales
