-- Live features of weeks that the run has computed.
delete from {core}.trend_features_live
using (select distinct week_start, dimension from {trend_features}) as computed
where
    computed.week_start = trend_features_live.week_start
    and computed.dimension = trend_features_live.dimension
