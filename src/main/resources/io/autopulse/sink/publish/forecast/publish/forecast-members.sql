-- The members of a dimension that are forecast now.
select distinct member from {core}.forecasts_current
where published and grain = ? and dimension = ?
order by member
