"""Failures on demand; Snowflake has nothing of the kind.

``POST /emulator/faults`` with ``{"statement": REGEX, "occurrence": N, "when": "before" | "after", "drop": BOOLEAN, "code": N, "state":
TEXT}`` lets the N-th statement from now that the pattern is found in fail once with that error, before it runs or after it has run: the
answer of a COMMIT that took effect is lost. ``drop`` also ends its session, as when the connection breaks: what is open is rolled back.
``POST /emulator/busy`` with ``{"status": N}`` answers every call of a statement with that HTTP status from now on; logins it takes. ``POST
/emulator/withdraw-faults`` takes back what has not come yet or goes on, and answers how many statements were still to fail. ``POST
/emulator/drop-sessions`` ends all sessions, as Snowflake ends those whose clients have died.
"""

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import fakesnow.server as server
from fakesnow.cursor import FakeSnowflakeCursor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from emulator.errors import failure
from emulator.routes import shadow
from emulator.transactions import end_session


@dataclasses.dataclass
class Fault:
    """A failure that is still to come."""

    statement: str
    occurrence: int
    when: str
    drop: bool
    code: int
    state: str

    def strikes(self, command: str) -> bool:
        """Counts a statement; whether it is the one that fails."""
        if re.search(self.statement, command, re.IGNORECASE):
            self.occurrence -= 1
        return self.occurrence == 0


class Busy:
    """A service that lets clients in and takes no statements: a driver tries a login that gets such an answer for minutes."""

    status = 0

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a call."""
        refused = Busy.status and scope.get("path") == "/queries/v1/query-request"
        await (Response(status_code=Busy.status) if refused else self._app)(scope, receive, send)


_faults: list[Fault] = []


def install() -> None:
    """Puts the controls in place."""
    FakeSnowflakeCursor.execute = _with_faults(FakeSnowflakeCursor.execute)
    server.app.add_middleware(Busy)
    shadow("/emulator/faults", _add_fault, "POST")
    shadow("/emulator/busy", _be_busy, "POST")
    shadow("/emulator/withdraw-faults", _withdraw_faults, "POST")
    shadow("/emulator/drop-sessions", _drop_sessions, "POST")


def _with_faults(execute: Callable[..., FakeSnowflakeCursor]) -> Callable[..., FakeSnowflakeCursor]:
    def execute_or_fail(self: FakeSnowflakeCursor, command: str, *args: Any, **kwargs: Any) -> FakeSnowflakeCursor:
        fault = next((fault for fault in _faults if fault.strikes(command)), None)
        if not fault:
            return execute(self, command, *args, **kwargs)
        _faults.remove(fault)
        if fault.when == "after":
            execute(self, command, *args, **kwargs)
        if fault.drop:
            _drop(self._conn)
        raise failure(f"A fault of the test {fault.when} {fault.statement}", fault.code, fault.state)

    return execute_or_fail


def _drop(connection: Any) -> None:
    for token in [token for token, held in server.sessions.items() if held is connection]:
        end_session(token)


async def _add_fault(request: Request) -> JSONResponse:
    _faults.append(Fault(**await request.json()))
    return JSONResponse({"success": True})


async def _be_busy(request: Request) -> JSONResponse:
    Busy.status = (await request.json())["status"]
    return JSONResponse({"success": True})


async def _withdraw_faults(_: Request) -> JSONResponse:
    withdrawn = len(_faults)
    _faults.clear()
    Busy.status = 0
    return JSONResponse({"withdrawn": withdrawn})


async def _drop_sessions(_: Request) -> JSONResponse:
    for token in list(server.sessions):
        end_session(token)
    return JSONResponse({"success": True})
