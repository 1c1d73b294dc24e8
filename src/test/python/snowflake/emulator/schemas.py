"""What dbt asks of schemas and rows, and fakesnow lacks.

- ALTER SCHEMA … SWAP WITH (https://docs.snowflake.com/en/sql-reference/sql/alter-schema) exchanges the tables and views of two schemas at
  once. DuckDB cannot rename a schema: here tables are copied, in one transaction, so their constraints are lost. A view keeps its text.
- HASH_AGG (https://docs.snowflake.com/en/sql-reference/functions/hash_agg) is one number of a set of rows, whatever their order, which
  takes duplicates into account. Here it has other values.
- A temporary table is one of its schema, until its session ends (https://docs.snowflake.com/en/user-guide/tables-temp-transient). DuckDB
  has another place for them. Here other sessions see it too.
- A null TIMESTAMP is null for clients that look at the value rather than at its parts, as the Python connector does.
"""

import re
from collections.abc import Callable
from typing import Any

import fakesnow.arrow as arrow
import fakesnow.transforms as transforms
import pyarrow as pa
import pyarrow.compute as pc
import sqlglot
from fakesnow.conn import FakeSnowflakeConnection
from fakesnow.cursor import FakeSnowflakeCursor
from sqlglot import exp

from emulator.errors import failure

_NAME = r'"?(\w+)"?'
_SWAP = re.compile(rf"\s*schema\s+(?:{_NAME}\.)?{_NAME}\s+swap\s+with\s+(?:{_NAME}\.)?{_NAME}\s*", re.IGNORECASE)
_BETWEEN = "_FS_SWAPPED"

_original_random = transforms.random
_original_struct = arrow.timestamp_to_sf_struct


def install() -> None:
    """Puts the corrections in place."""
    FakeSnowflakeCursor._execute = _with_temporary_tables(_with_swap(FakeSnowflakeCursor._execute))
    FakeSnowflakeConnection.close = _dropping_temporary_tables(FakeSnowflakeConnection.close)
    # One of the translations that fakesnow makes of each statement: there is no place for another.
    transforms.random = lambda node: _hash_agg(_original_random(node))
    arrow.timestamp_to_sf_struct = _timestamps


def _with_temporary_tables(execute: Callable[..., None]) -> Callable[..., None]:
    def execute_create(self: FakeSnowflakeCursor, statement: exp.Expression, params: Any = None) -> None:
        temporary = statement.find(exp.TemporaryProperty) if isinstance(statement, exp.Create) else None
        table = statement.find(exp.Table)
        if temporary is None or not table.db:
            execute(self, statement, params)
            return
        temporary.pop()
        execute(self, statement, params)
        self._conn.__dict__.setdefault("_temporary_tables", set()).add(table.sql(dialect="duckdb"))

    return execute_create


def _dropping_temporary_tables(close: Callable[..., None]) -> Callable[..., None]:
    def close_and_drop(self: FakeSnowflakeConnection, *arguments: Any) -> None:
        for table in self.__dict__.get("_temporary_tables", ()):
            self._duck_conn.execute(f"DROP TABLE IF EXISTS {table}")
        close(self, *arguments)

    return close_and_drop


def _hash_agg(node: exp.Expression) -> exp.Expression:
    if not isinstance(node, exp.HashAgg):
        return node
    values = ", ".join(value.sql(dialect="duckdb") for value in (node.this, *node.expressions))
    return sqlglot.parse_one(f"CAST(SUM(CAST(HASH({values}) AS HUGEINT)) % 9223372036854775807 AS BIGINT)", dialect="duckdb")


def _with_swap(execute: Callable[..., None]) -> Callable[..., None]:
    def execute_or_swap(self: FakeSnowflakeCursor, statement: exp.Expression, params: Any = None) -> None:
        swap = _SWAP.fullmatch(str(statement.expression)) if isinstance(statement, exp.Command) else None
        if swap is None:
            execute(self, statement, params)
            return
        first_database, first, other_database, other = (name and name.upper() for name in swap.groups())
        database = (first_database or self._conn.database).upper()
        if database != (other_database or self._conn.database).upper():
            raise failure("SQL compilation error:\nSchemas of two databases cannot be swapped here.", 2003, "02000")
        connection = self._duck_conn
        connection.commit()
        connection.begin()
        try:
            _swap(connection, database, first, other)
        except Exception:
            connection.rollback()
            raise
        connection.commit()
        execute(self, sqlglot.parse_one("SELECT 'Statement executed successfully.' AS status"))

    return execute_or_swap


def _swap(connection: Any, database: str, first: str, other: str) -> None:
    for schema in (first, other):
        known = "SELECT 1 FROM duckdb_schemas() WHERE database_name = ? AND schema_name = ?"
        if not connection.execute(known, [database, schema]).fetchall():
            raise failure(f"SQL compilation error:\nSchema '{database}.{schema}' does not exist or not authorized.", 2003, "02000")
    connection.execute(f'CREATE SCHEMA "{database}"."{_BETWEEN}"')
    for source, target in ((first, _BETWEEN), (other, first), (_BETWEEN, other)):
        _move(connection, database, source, target)
    connection.execute(f'DROP SCHEMA "{database}"."{_BETWEEN}"')


def _move(connection: Any, database: str, source: str, target: str) -> None:
    place = [database, source]
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = ?", place).fetchall()
    views = connection.execute("SELECT view_name, sql FROM duckdb_views() WHERE database_name = ? AND schema_name = ?", place).fetchall()
    for name, text in views:
        view = sqlglot.parse_one(text, dialect="duckdb")
        moved = view.find(exp.Table)
        moved.set("db", exp.to_identifier(target, quoted=True))
        moved.set("catalog", exp.to_identifier(database, quoted=True))
        connection.execute(f'DROP VIEW "{database}"."{source}"."{name}"')
        connection.execute(view.sql(dialect="duckdb"))
    for (name,) in tables:
        connection.execute(f'CREATE TABLE "{database}"."{target}"."{name}" AS FROM "{database}"."{source}"."{name}"')
        connection.execute(f'DROP TABLE "{database}"."{source}"."{name}"')


def _timestamps(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    struct = _original_struct(values)
    nulls = pc.is_null(values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values)
    fields = [struct.type.field(i) for i in range(struct.type.num_fields)]
    return pa.StructArray.from_arrays(struct.flatten(), fields=fields, mask=nulls)
