-- Shows the sales of a reader's regions and of his dealers.
create view {schema}.{table} as
select *
from {rows}
where
    region in (
        select members.member from {scope}.members as members where members.dimension = 'region'
    )
    or dealer_id in (
        select members.member from {scope}.members as members where members.dimension = 'dealer'
    )
