-- Rows of a relation that pages read.
select {columns} from {rows}
