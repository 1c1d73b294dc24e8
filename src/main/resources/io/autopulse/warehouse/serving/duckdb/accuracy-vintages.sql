-- How earlier forecasts did, as each vintage measured it, over all horizons.
select * from {core}.forecast_accuracy
where horizon = 0
