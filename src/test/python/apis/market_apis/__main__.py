"""Serves the four APIs on a port of the loopback interface; prints ``READY {"port": N}``; ends with its parent.

Its tests talk to /_control: see Control.
"""

import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from market_apis import bluesky, economie, rdw, wikimedia
from market_apis.answers import Answer, Refused

SECRET = "s3cret-key"
APIS = {"economie": economie, "rdw": rdw, "wikimedia": wikimedia, "bluesky": bluesky}


class Control:
    """What the APIs hold, how they fail, and what was asked of them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.rows: dict[str, list[Any]] = {}
        self.faults: dict[int, dict[str, Any]] = {}
        self.delay = 0.0
        self.calls: list[dict[str, Any]] = []

    def set(self, body: dict[str, Any]) -> None:
        """Takes rows by API, faults by the number of the call from now on, a delay of each; forgets the calls before."""
        with self.lock:
            self.rows.update(body.get("rows", {}))
            self.faults = {int(number): fault for number, fault in body.get("faults", {}).items()}
            self.delay = body.get("delay", 0.0)
            self.calls = []

    def note(self, path: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """Notes a call; returns its entry and the fault that it meets."""
        with self.lock:
            entry = {"path": path, "at": time.time()}
            self.calls.append(entry)
            return entry, self.faults.get(len(self.calls))


CONTROL = Control()


class Handler(BaseHTTPRequestHandler):
    """Answers a call."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """Answers a query."""
        if self.path == "/_control":
            with CONTROL.lock:
                self._send(Answer(200, CONTROL.calls))
        else:
            self._call(None)

    def do_POST(self) -> None:
        """Opens a session, or takes what a test wants."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/_control":
            CONTROL.set(body)
            self._send(Answer(200, {}))
        else:
            self._call(body)

    def _call(self, body: Any) -> None:
        entry, fault = CONTROL.note(self.path)
        time.sleep(CONTROL.delay)
        if fault and "content" in fault:
            self._send_as_it_is(entry, fault)
            return
        if fault:
            answer = Answer(fault["status"], fault.get("body", {"error": "fault"}), headers=fault.get("headers", {}))
        else:
            try:
                answer = self._answer(body)
            except (Refused, KeyError, ValueError) as e:
                answer = Answer(400, {"error_code": "BadQuery", "message": repr(e)})
        entry.update(status=answer.status, records=answer.records)
        self._send(answer)

    def _send_as_it_is(self, entry: dict[str, Any], fault: dict[str, Any]) -> None:
        """Sends a text that need not be what its status and length promise, and closes the connection; nothing at all for null."""
        entry.update(status=fault["status"], records=0)
        self.close_connection = True
        if fault["content"] is None:
            return
        content = fault["content"].encode()
        self.send_response(fault["status"])
        for name, value in {"Connection": "close", **fault.get("headers", {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _answer(self, body: Any) -> Answer:
        parts = urlsplit(self.path)
        name = {economie.PATH: "economie", rdw.PATH: "rdw", bluesky.SEARCH: "bluesky"}.get(parts.path, "wikimedia")
        if parts.path == bluesky.SESSION:
            return bluesky.session(body, SECRET)
        api = APIS[name]
        if not api.allows(self.headers, SECRET):
            return Answer(401, {"error": "Unauthorized", "message": "no such key"})
        with CONTROL.lock:
            rows = list(CONTROL.rows.get(name, []))
        return api.answer(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), rows)

    def _send(self, answer: Answer) -> None:
        content = json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=_end_with_parent, daemon=True).start()
    print("READY " + json.dumps({"port": server.server_address[1]}), flush=True)
    server.serve_forever()
