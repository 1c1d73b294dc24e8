"""Pipes, and the REST calls by which the ingest SDK fills them.

https://docs.snowflake.com/en/user-guide/data-load-snowpipe-rest-apis: insertFiles takes the names of staged files, is answered before
they are loaded, and insertReport says what became of them. Both want the JWT of a key pair. A pipe passes over a name that it has loaded,
whatever the file holds by then. SYSTEM$PIPE_STATUS and INFORMATION_SCHEMA.COPY_HISTORY tell of pipes in SQL, the latter of nothing
but what pipes loaded. fakesnow has neither pipes nor the calls.

Not of Snowflake: ``POST /emulator/withhold`` with ``{"pipe": NAME, "calls": N}`` lets the next N calls of a pipe's insertFiles be answered
as ever, and nothing be loaded. ``POST /emulator/refuse`` with ``{"pipe": NAME, "statuses": [403, 500]}`` lets the next calls of a pipe's
insertFiles be answered with these statuses, one each, and nothing be loaded.
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

from emulator.errors import failure
from emulator.login import Account, TokenError, token_invalid
from emulator.routes import shadow

_CREATE = re.compile(
    r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?PIPE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?P<name>[\w.]+)\s+(?:AUTO_INGEST\s*=\s*FALSE\s+)?"
    r"AS\s+(?P<copy>COPY\s+INTO.*?)\s*;?\s*",
    re.IGNORECASE | re.DOTALL,
)
_STATUS = re.compile(r"\bSYSTEM\$PIPE_STATUS\('(?P<name>[\w.]+)'\)", re.IGNORECASE)
_HISTORY = re.compile(
    r"\bTABLE\(\s*(?:\w+\.)?INFORMATION_SCHEMA\.COPY_HISTORY\(\s*TABLE_NAME\s*=>\s*'(?P<table>[\w.]+)'\s*,"
    r"\s*START_TIME\s*=>\s*DATEADD\([^()]*\(\)\s*\)\s*\)\s*\)",
    re.IGNORECASE,
)
_HISTORY_STATUS = {"LOADED": "Loaded", "LOAD_FAILED": "Load failed"}
_DROP = re.compile(r"\s*DROP\s+PIPE\s+(?:IF\s+EXISTS\s+)?(?P<name>[\w.]+)\s*;?\s*", re.IGNORECASE)


@dataclasses.dataclass
class Pipe:
    """A COPY statement, where it runs, and what it loaded so far."""

    database: str
    schema: str
    copy: str
    report: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    withheld_calls: int = 0
    refusals: list[int] = dataclasses.field(default_factory=list)
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)

    def load(self, files: list[str]) -> None:
        """Copies files into the pipe's table, each as a whole or not at all (ON_ERROR = SKIP_FILE); an error is a line of the report."""
        with self.lock:
            if self.withheld_calls:
                self.withheld_calls -= 1
                return
            connection = server.shared_fs.connect(self.database, self.schema)
            try:
                for file in files:
                    self._load(connection, file)
            finally:
                connection.close()

    def _load(self, connection: Any, file: str) -> None:
        try:
            rows = connection.cursor().execute(_with_files(self.copy, [file])).fetchall()
            self.report += [
                _entry(row[0], rows_parsed=row[2], rows_inserted=row[3]) for row in rows if row[1] == "LOADED"
            ]
        except Exception as error:
            self.report.append(_entry(file, error=str(error)))

    def table(self) -> str:
        """The table's name, with its database and schema."""
        target = sqlglot.parse_one(self.copy, read="snowflake").find(exp.Table)
        return ".".join([target.catalog or self.database, target.db or self.schema, target.name]).upper()


_pipes: dict[str, Pipe] = {}


def install(account: Account) -> None:
    """Puts pipes and their REST calls in place."""
    FakeSnowflakeCursor.execute = _with_pipes(FakeSnowflakeCursor.execute)
    shadow("/v1/data/pipes/{pipe}/insertFiles", _checked(account, _insert_files), "POST")
    shadow("/v1/data/pipes/{pipe}/insertReport", _checked(account, _insert_report), "GET")
    shadow("/emulator/withhold", _withhold, "POST")
    shadow("/emulator/refuse", _refuse, "POST")


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
        command = _STATUS.sub(lambda call: _status(_full_name(self, call["name"])), command)
        command = _HISTORY.sub(lambda call: _history(_full_name(self, call["table"])), command)
        return execute(self, command, *args, **kwargs)

    return execute_or_pipe


def _full_name(cursor: FakeSnowflakeCursor, name: str) -> str:
    parts = name.upper().split(".")
    return ".".join([cursor._conn.database, cursor._conn.schema][: 3 - len(parts)] + parts)


def _status(name: str) -> str:
    if name not in _pipes:
        raise failure(f"SQL compilation error:\nPipe '{name}' does not exist or not authorized.", 2003, "02000")
    return _literal('{"executionState":"RUNNING","pendingFileCount":0}')


def _history(table: str) -> str:
    """A query of what pipes loaded into a table, or could not load."""
    loads = [(name, file) for name, pipe in _pipes.items() if pipe.table() == table for file in pipe.report]
    rows = ", ".join(
        "("
        + ", ".join(
            _literal(value)
            for value in (file["stageLocation"] + file["path"], _HISTORY_STATUS[file["status"]], file["firstError"], name)
        )
        + ")"
        for name, file in loads
    )
    columns = "file_name, status, first_error_message, pipe_name"
    nothing = ", ".join(f"CAST(NULL AS VARCHAR) AS {column}" for column in columns.split(", "))
    return f"(SELECT * FROM (VALUES {rows}) AS loads ({columns}))" if rows else f"(SELECT {nothing} WHERE FALSE)"


def _literal(text: str | None) -> str:
    return "NULL" if text is None else "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


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
    if pipe.refusals:
        status = pipe.refusals.pop(0)
        return JSONResponse({"code": f"390{status}", "message": "A fault of the test", "success": False}, status_code=status)
    files = [file["path"] for file in (await request.json())["files"]]
    return JSONResponse(
        {"requestId": request.query_params.get("requestId"), "status": "success", "responseCode": "SUCCESS"},
        background=BackgroundTask(pipe.load, files),
    )


async def _withhold(request: Request) -> JSONResponse:
    wanted = await request.json()
    _pipes[wanted["pipe"].upper()].withheld_calls = wanted["calls"]
    return JSONResponse({"success": True})


async def _refuse(request: Request) -> JSONResponse:
    wanted = await request.json()
    _pipes[wanted["pipe"].upper()].refusals = wanted["statuses"]
    return JSONResponse({"success": True})


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
        "stageLocation": folder + "/" if folder else "",
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
