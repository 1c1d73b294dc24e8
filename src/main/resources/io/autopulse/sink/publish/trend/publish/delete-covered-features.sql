-- The features of the weeks that the run has computed.
delete from {core}.trend_features
where week_start >= {from} and week_start <= {last_week}
