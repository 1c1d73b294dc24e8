-- Vehicles or dealers that are staged.
delete from {core}.{feed}
where {key} in (select staged.{key} from {staged} as staged)
