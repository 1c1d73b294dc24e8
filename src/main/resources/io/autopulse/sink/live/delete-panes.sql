-- Deletes the panes of windows that a new state computes anew.
delete from {core}.sales_kpi_live
where window_start >= ?
