"""Statements and values that fakesnow treats otherwise than Snowflake documents.

- MERGE: fakesnow takes it apart by a temporary table and notes the table's texts in another database, which DuckDB refuses inside of
  a transaction; and it takes only columns as values. DuckDB has a MERGE of its own.
- SUM of a NUMBER is a NUMBER of up to 38 digits (https://docs.snowflake.com/en/sql-reference/functions/sum). fakesnow casts to double,
  so as to add up texts too; here the sum of a text is an error.
- PRIMARY KEY, UNIQUE and FOREIGN KEY are kept, and not enforced (https://docs.snowflake.com/en/sql-reference/constraints-overview).
  Here they are dropped, so metadata does not show them.
- INSERT OVERWRITE deletes what is in the table before (https://docs.snowflake.com/en/sql-reference/sql/insert).
- SHOW SCHEMAS heeds LIKE (https://docs.snowflake.com/en/sql-reference/sql/show-schemas), by which Flyway sees whether one is there.
- Bound values of type FIXED may have decimals (setBigDecimal) or be null.
"""

import decimal
from collections import Counter
from typing import Any

import fakesnow.server as server
import fakesnow.transforms as transforms
import sqlglot
from fakesnow.cursor import FakeSnowflakeCursor
from fakesnow.transforms.merge import operations
from sqlglot import exp

from emulator import copying

_KEYS = (
    exp.PrimaryKey,
    exp.PrimaryKeyColumnConstraint,
    exp.UniqueColumnConstraint,
    exp.ForeignKey,
    exp.Reference,
)
_ACTIONS = {"inserted": "INSERT", "updated": "UPDATE", "deleted": "DELETE"}

_original_execute = FakeSnowflakeCursor._execute
_original_aggregate = transforms.numeric_agg_implicit_cast
_original_binding = server.from_binding
_original_show_schemas = transforms.show_schemas


def install() -> None:
    """Puts the corrections in place."""
    FakeSnowflakeCursor._execute = _execute
    transforms.merge = lambda statement: [statement]
    transforms.numeric_agg_implicit_cast = _aggregate
    transforms.show_schemas = _show_schemas
    server.from_binding = _from_binding


def _execute(self: FakeSnowflakeCursor, statement: exp.Expression, params: Any = None) -> None:
    if isinstance(statement, exp.Create):
        _drop_keys(statement)
    if copying.is_unload(statement):
        statement, params = copying.unload(self._duck_conn, statement), None
    if isinstance(statement, exp.Insert) and statement.args.get("overwrite"):
        statement.set("overwrite", False)
        self._duck_conn.execute(f"DELETE FROM {statement.find(exp.Table).sql(dialect='duckdb')}")
    if isinstance(statement, exp.Merge):
        _merge(self, statement, params)
    else:
        _original_execute(self, statement, params)


def _merge(cursor: FakeSnowflakeCursor, statement: exp.Merge, params: Any) -> None:
    """Runs a MERGE; the cursor's result is how many rows each of its operations changed."""
    connection = cursor._conn
    if not connection._autocommit and not connection._in_transaction:
        cursor._duck_conn.begin()
        connection._in_transaction = True
    _unqualify_targets(statement)
    sql = statement.sql(dialect="duckdb") + " RETURNING merge_action"
    actions = Counter(cursor._duck_conn.execute(sql, params).to_arrow_table()["merge_action"].to_pylist())
    counts = ", ".join(
        f'{actions[_ACTIONS[name]]} AS "number of rows {name}"' for name, used in operations(statement).items() if used
    )
    _original_execute(cursor, sqlglot.parse_one(f"SELECT {counts}"))
    cursor._rowcount = sum(actions.values())


def _unqualify_targets(statement: exp.Merge) -> None:
    """Snowflake lets SET and INSERT name the target's table or its alias, DuckDB does not."""
    for when in statement.args["whens"].expressions:
        then = when.args["then"]
        targets: list[exp.Expression] = []
        if isinstance(then, exp.Update):
            targets = [assignment.this for assignment in then.expressions]
        elif isinstance(then, exp.Insert) and then.this:
            targets = then.this.expressions
        for target in targets:
            if isinstance(target, exp.Column):
                target.set("table", None)


def _drop_keys(create: exp.Create) -> None:
    for key in list(create.find_all(*_KEYS)):
        holder = key.find_ancestor(exp.ColumnConstraint, exp.Constraint) or key
        if holder.parent:
            holder.pop()


def _aggregate(expression: exp.Expression) -> exp.Expression:
    if not isinstance(expression, exp.Sum):
        return _original_aggregate(expression)
    argument = expression.this.copy()
    named = _original_aggregate(expression)
    named.find(exp.Sum).set("this", argument)
    return named


def _show_schemas(expression: exp.Expression, database: str | None) -> exp.Expression:
    shown = _original_show_schemas(expression, database)
    like = expression.args.get("like")
    if shown is expression or not like:
        return shown
    return shown.where(exp.ILike(this=exp.column("name"), expression=like.copy()))


def _from_binding(binding: dict[str, Any]) -> Any:
    value = binding["value"]
    if value is None:
        return None
    if binding["type"] == "FIXED":
        number = decimal.Decimal(value)
        return number if number != number.to_integral_value() or "." in value else int(number)
    return _original_binding(binding)
