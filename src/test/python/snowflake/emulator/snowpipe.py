"""Pipes, and the REST calls by which the ingest SDK fills them.

https://docs.snowflake.com/en/user-guide/data-load-snowpipe-rest-apis: insertFiles takes the names of staged files, is answered before
they are loaded, and insertReport says what became of them. Both want the JWT of a key pair. fakesnow has neither pipes nor the calls.
"""

import dataclasses
import re
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

import fakesnow.server as server
import sqlglot
from fakesnow.cursor import FakeSnowflakeCursor
from sqlglot import exp
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse

from emulator.login import Account, TokenError, token_invalid
from emulator.routes import shadow

_CREATE = re.compile(
    r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?PIPE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?P<name>[\w.]+)\s+(?:AUTO_INGEST\s*=\s*FALSE\s+)?"
    r"AS\s+(?P<copy>COPY\s+INTO.*?)\s*;?\s*",
    re.IGNORECASE | re.DOTALL,
)
_DROP = re.compile(r"\s*DROP\s+PIPE\s+(?:IF\s+EXISTS\s+)?(?P<name>[\w.]+)\s*;?\s*", re.IGNORECASE)


@dataclasses.dataclass
class Pipe:
    """A COPY statement, where it runs, and what it loaded so far."""

    database: str
    schema: str
    copy: str
    report: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)

    def load(self, files: list[str]) -> None:
        """Copies files into the pipe's table; an error is a line of the report."""
        with self.lock:
            connection = server.shared_fs.connect(self.database, self.schema)
            try:
                rows = connection.cursor().execute(_with_files(self.copy, files)).fetchall()
                self.report += [_entry(row[0], rows_parsed=row[2], rows_inserted=row[3]) for row in rows if len(row) > 3]
            except Exception as error:
                self.report += [_entry(file, error=str(error)) for file in files]
            finally:
                connection.close()


_pipes: dict[str, Pipe] = {}


def install(account: Account) -> None:
    """Puts pipes and their REST calls in place."""
    FakeSnowflakeCursor.execute = _with_pipes(FakeSnowflakeCursor.execute)
    shadow("/v1/data/pipes/{pipe}/insertFiles", _checked(account, _insert_files), "POST")
    shadow("/v1/data/pipes/{pipe}/insertReport", _checked(account, _insert_report), "GET")


def _with_pipes(execute: Callable[..., FakeSnowflakeCursor]) -> Callable[..., FakeSnowflakeCursor]:
    def execute_or_pipe(self: FakeSnowflakeCursor, command: str, *args: Any, **kwargs: Any) -> FakeSnowflakeCursor:
        if created := _CREATE.fullmatch(command):
            name = _full_name(self, created["name"])
            _pipes[name] = Pipe(self._conn.database, self._conn.schema, created["copy"])
            command = f"SELECT 'Pipe {name} successfully created.' AS status"
        elif dropped := _DROP.fullmatch(command):
            name = _full_name(self, dropped["name"])
            _pipes.pop(name, None)
            command = f"SELECT '{name} successfully dropped.' AS status"
        return execute(self, command, *args, **kwargs)

    return execute_or_pipe


def _full_name(cursor: FakeSnowflakeCursor, name: str) -> str:
    parts = name.upper().split(".")
    return ".".join([cursor._conn.database, cursor._conn.schema][: 3 - len(parts)] + parts)


def _with_files(copy: str, files: list[str]) -> str:
    statement = sqlglot.parse_one(copy, read="snowflake")
    names = exp.Tuple(expressions=[exp.Literal.string(file) for file in files])
    statement.append("params", exp.CopyParameter(this=exp.var("FILES"), expression=names))
    return statement.sql(dialect="snowflake")


def _checked(account: Account, endpoint: Callable[[Request, Pipe], Awaitable[JSONResponse]]) -> Callable:
    async def check(request: Request) -> JSONResponse:
        try:
            account.check_token(request.headers.get("authorization", "").removeprefix("Bearer "))
        except TokenError:
            return JSONResponse(token_invalid(), status_code=401)
        pipe = _pipes.get(request.path_params["pipe"].upper())
        if not pipe:
            message = "Specified object does not exist or not authorized. Pipe not found"
            return JSONResponse({"code": "390404", "message": message, "success": False}, status_code=404)
        return await endpoint(request, pipe)

    return check


async def _insert_files(request: Request, pipe: Pipe) -> JSONResponse:
    files = [file["path"] for file in (await request.json())["files"]]
    return JSONResponse(
        {"requestId": request.query_params.get("requestId"), "status": "success", "responseCode": "SUCCESS"},
        background=BackgroundTask(pipe.load, files),
    )


async def _insert_report(request: Request, pipe: Pipe) -> JSONResponse:
    begin = int((request.query_params.get("beginMark") or "1_0").split("_")[1])
    return JSONResponse(
        {
            "pipe": request.path_params["pipe"].upper(),
            "completeResult": True,
            "nextBeginMark": f"1_{len(pipe.report)}",
            "files": pipe.report[begin:],
            "statistics": {"activeFilesCount": 0},
        }
    )


def _entry(file: str, rows_parsed: int = 0, rows_inserted: int = 0, error: str | None = None) -> dict[str, Any]:
    now = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
    folder, _, name = file.rpartition("/")
    return {
        "path": name,
        "stageLocation": folder + "/",
        "fileSize": 0,
        "timeReceived": now,
        "lastInsertTime": now,
        "rowsInserted": rows_inserted,
        "rowsParsed": rows_parsed,
        "errorsSeen": 1 if error else 0,
        "errorLimit": 1,
        "complete": True,
        "status": "LOAD_FAILED" if error else "LOADED",
        "firstError": error,
    }
