-- Sales of other dates that have a current version now.
delete from {core}.sales
where sale_id in (select sale_id from {sale_versions} where fate = 'CURRENT')
