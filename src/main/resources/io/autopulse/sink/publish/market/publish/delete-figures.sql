-- The figures that are staged, whose last vintage may be another now.
delete from {core}.{table}
using (select distinct {key} from {staged}) as staged
where {same_key}
