-- Deletes some panes, seen or not.
delete from {core}.sales_kpi_live
where {panes}
