"""Transactions, and the locks that they hold.

https://docs.snowflake.com/en/sql-reference/transactions: UPDATE, DELETE and MERGE wait for the transaction that last changed their
table so; INSERT and COPY do not. DDL commits an open transaction, however it was begun. Closing a session undoes what is open. DuckDB
lets the second transaction fail at once, or even lose its change.
"""

import threading
from collections.abc import Callable
from typing import Any

import fakesnow.server as server
from fakesnow.conn import FakeSnowflakeConnection
from fakesnow.cursor import FakeSnowflakeCursor
from sqlglot import exp
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from emulator.errors import failure
from emulator.routes import shadow

# Snowflake waits for twelve hours (LOCK_TIMEOUT).
LOCK_TIMEOUT_SECONDS = 60

_DDL = (exp.Create, exp.Drop, exp.Alter)
_LOCKING = (exp.Update, exp.Delete, exp.Merge)
_ENDING = (exp.Commit, exp.Rollback)

Execute = Callable[..., None]


class Locks:
    """Which connection holds which table."""

    def __init__(self) -> None:
        self._released = threading.Condition()
        self._holders: dict[str, FakeSnowflakeConnection] = {}
        self.waiting = 0

    def take(self, table: str, connection: FakeSnowflakeConnection) -> None:
        """Waits until no other connection holds the table."""
        with self._released:
            self.waiting += 1
            free = self._released.wait_for(lambda: self._is_free(table, connection), LOCK_TIMEOUT_SECONDS)
            self.waiting -= 1
            if not free:
                raise failure(f"Another transaction has locked table '{table}' and not yet released it", 625, "57014")
            self._holders[table] = connection

    def _is_free(self, table: str, connection: FakeSnowflakeConnection) -> bool:
        return self._holders.get(table, connection) is connection

    def release(self, connection: FakeSnowflakeConnection) -> None:
        """Lets go of all that a connection holds."""
        with self._released:
            self._holders = {table: holder for table, holder in self._holders.items() if holder is not connection}
            self._released.notify_all()


_locks = Locks()


def install() -> None:
    """Puts the corrections in place."""
    FakeSnowflakeCursor._execute = _with_transactions(FakeSnowflakeCursor._execute)
    shadow("/session", _session, "POST")
    shadow("/emulator/waiting", _waiting, "POST")


def end_session(token: str) -> None:
    """Forgets a session and undoes what it has not committed."""
    connection = server.sessions.pop(token)
    connection.close()
    _locks.release(connection)


def _with_transactions(execute: Execute) -> Execute:
    def execute_in_transaction(self: FakeSnowflakeCursor, statement: exp.Expression, params: Any = None) -> None:
        connection = self._conn
        if isinstance(statement, _DDL):
            self._duck_conn.commit()
            _ended(connection)
        if isinstance(statement, _LOCKING):
            _locks.take(_table(statement, connection), connection)
        try:
            if isinstance(statement, exp.Copy) and connection._autocommit and not connection._in_transaction:
                _atomically(self, lambda: execute(self, statement, params))
            else:
                execute(self, statement, params)
        finally:
            _note(connection, statement)

    return execute_in_transaction


def _atomically(cursor: FakeSnowflakeCursor, action: Callable[[], None]) -> None:
    """Runs what is several statements of DuckDB in one transaction."""
    cursor._duck_conn.begin()
    try:
        action()
    except Exception:
        cursor._duck_conn.rollback()
        raise
    cursor._duck_conn.commit()


def _note(connection: FakeSnowflakeConnection, statement: exp.Expression) -> None:
    """Keeps account of whether a transaction is open: fakesnow does so only without autocommit, and DuckDB cannot be asked."""
    if isinstance(statement, exp.Transaction):
        connection._in_transaction = True
    elif isinstance(statement, _ENDING) or not connection._in_transaction:
        _ended(connection)


def _ended(connection: FakeSnowflakeConnection) -> None:
    connection._in_transaction = False
    _locks.release(connection)


def _table(statement: exp.Expression, connection: FakeSnowflakeConnection) -> str:
    table = statement.this
    return f"{table.catalog or connection.database}.{table.db or connection.schema}.{table.name}".upper()


async def _waiting(_: Request) -> Response:
    """How many statements wait for a transaction: a test need not guess when one does."""
    return JSONResponse({"waiting": _locks.waiting})


async def _session(request: Request) -> Response:
    if not request.query_params.get("delete"):
        return await server.session(request)
    token = server.to_token(request)
    if token in server.sessions:
        end_session(token)
    return JSONResponse({"data": None, "code": None, "message": None, "success": True})
