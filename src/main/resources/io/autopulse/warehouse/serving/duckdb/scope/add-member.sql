-- Adds a member whose sales a reader may see.
insert into {scope}.members values (?, ?)
