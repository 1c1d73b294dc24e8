-- Makes the table of the members whose sales a reader may see.
create table {scope}.members (dimension varchar, member varchar)
