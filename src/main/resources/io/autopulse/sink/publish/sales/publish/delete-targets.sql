-- The targets of months that are staged.
delete from {core}.sales_targets
where month in (select staged.month from {targets} as staged)
