"""Errors as Snowflake answers them.

Snowflake answers a statement that fails with HTTP 200, ``success: false``, a code and an SQL state. fakesnow does so for the errors
that it knows, and answers the rest with HTTP 500. Drivers take that for a fault of the net and send the statement again, seven
times, for twenty seconds. ``POST /emulator/received`` with ``{"statement": TEXT}`` answers how often a text came lately.
"""

import functools
import gzip
import json
from collections import deque
from collections.abc import Callable
from typing import Any

import duckdb
import fakesnow.server as server
from fakesnow.cursor import FakeSnowflakeCursor
from snowflake.connector.errors import Error, OperationalError, ProgrammingError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from emulator.routes import shadow

INTERNAL = "261000"

_received: deque[str] = deque(maxlen=100)

# By DuckDB's class, the most special first: Snowflake's code and SQL state of what it amounts to.
CODES: list[tuple[type[Exception], int, str]] = [
    (duckdb.ConstraintException, 100072, "22000"),
    (duckdb.ConversionException, 100038, "22018"),
    (duckdb.InvalidInputException, 100080, "22000"),
    (duckdb.TransactionException, 625, "57014"),
    (Exception, 1003, "42000"),
]


def failure(message: str, code: int, sql_state: str) -> ProgrammingError:
    """An error that the server answers under this code."""
    return ProgrammingError(msg=message, errno=code, sqlstate=sql_state)


def integration_unknown(name: str) -> ProgrammingError:
    """What COPY says of a storage integration that nobody made."""
    return failure(
        f"SQL compilation error:\nIntegration '{name}' does not exist or not authorized.", 2003, "02000"
    )


def install() -> None:
    """Puts the correction in place."""
    FakeSnowflakeCursor.execute = _answering(FakeSnowflakeCursor.execute)
    FakeSnowflakeCursor._describe_only = _answering(FakeSnowflakeCursor._describe_only)
    server.describe_as_rowtype = _answering(server.describe_as_rowtype)
    shadow("/queries/v1/query-request", _query_request, "POST")
    shadow("/emulator/received", _count_received, "POST")


def _answering(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (ProgrammingError, OperationalError):
            raise
        except Error as error:
            raise failure(error.msg or str(error), error.errno, error.sqlstate) from error
        except Exception as error:
            code, state = next((code, state) for kind, code, state in CODES if isinstance(error, kind))
            raise failure(str(error) or type(error).__name__, code, state) from error

    return call


async def _query_request(request: Request) -> Response:
    """Answers what fails outside of a cursor, such as a type of result that the protocol does not have."""
    body = await request.body()
    if request.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    _received.append(json.loads(body)["sqlText"])
    try:
        response = await server.query_request(request)
    except Exception as error:
        return _internal(f"{type(error).__name__}: {error}")
    if response.status_code == 500:
        return _internal("fakesnow failed, see its log: " + bytes(response.body).decode())
    return response


async def _count_received(request: Request) -> Response:
    return JSONResponse({"times": _received.count((await request.json())["statement"])})


def _internal(message: str) -> JSONResponse:
    return JSONResponse(
        {"data": {"errorCode": INTERNAL, "sqlState": "XX000"}, "code": INTERNAL, "message": message, "success": False}
    )
