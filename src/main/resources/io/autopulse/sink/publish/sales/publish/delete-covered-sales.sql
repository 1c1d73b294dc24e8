-- The sales of the covered dates.
delete from {core}.sales where sold_on >= {from} and sold_on < {to}
