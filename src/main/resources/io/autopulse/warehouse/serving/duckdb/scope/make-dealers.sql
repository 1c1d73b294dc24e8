-- Makes the table of a reader's dealers: those that he may see by name, and those of his regions.
create table {scope}.dealers as
select member as dealer_id
from {scope}.members
where dimension = 'dealer'
union
select dealers.dealer_id
from {rows} as dealers
inner join {scope}.members as members
    on dealers.region = members.member and members.dimension = 'region'
