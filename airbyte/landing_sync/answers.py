"""Guards the answers of a source: each comes in time, whole and as JSON. What is not so is a failure, never an answer without records.

A failure is a RequestException, which the CDK tries again as the manifest's error handler says. A source that only fails is not asked for
every slice again and again: after some failures in a row without an answer between them the sync ends.
"""

import json
import logging
import threading
import time
from typing import Any, Callable
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

_CONNECT_SECONDS = 10.0
# A source that never answered is most likely a wrong URL or a network that is down: three attempts of each of two slices.
_FAILURES_BEFORE_AN_ANSWER = 6
# All attempts of two slices that are read side by side.
_FAILURES_IN_A_ROW = 12
_CHUNK = 1 << 16
_SHOWN = 60

_log = logging.getLogger("airbyte")


class SourceFails(Exception):
    """The source only fails. No RequestException: those are tried again."""


class Watch:
    """Counts failures in a row. Used by the threads that read slices side by side."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._problem = ""
        self._answered = False

    def check(self) -> None:
        """Ends the sync if the source has failed too often in a row."""
        with self._lock:
            if self._failures >= (_FAILURES_IN_A_ROW if self._answered else _FAILURES_BEFORE_AN_ANSWER):
                raise SourceFails(f"{self._problem} ({self._failures} failures in a row)")

    def answered(self) -> None:
        """Notes an answer."""
        with self._lock:
            self._failures = 0
            self._answered = True

    def failed(self, problem: str) -> None:
        """Notes a failure, and reports it."""
        with self._lock:
            self._failures += 1
            self._problem = problem
        _log.warning(problem)
        self.check()


def guard(seconds: float, json_only: bool) -> None:
    """Guards all calls of this process from now on.

    :param seconds: how long a source may take until it answers, from one part of its answer to the next, and for a whole answer ten times that
    :param json_only: whether an answer that is no JSON is a failure; a manifest with a decoder of its own reads others too
    """
    watch = Watch()
    send = HTTPAdapter.send

    def guarded(self: HTTPAdapter, request: requests.PreparedRequest, **arguments: Any) -> requests.Response:
        where = _where(request)
        watch.check()
        arguments["timeout"] = (_CONNECT_SECONDS, seconds)
        streamed = arguments.get("stream")
        try:
            response = send(self, request, **{**arguments, "stream": True})
            if not streamed:
                _read(response, time.monotonic() + 10 * seconds)
            problem = _problem(response, json_only and not streamed)
        except requests.RequestException as e:
            problem = _explained(e, seconds)
            watch.failed(f"{where} {problem}")
            raise
        if problem is None:
            watch.answered()
        else:
            watch.failed(f"{where} {problem}")
            if response.ok:
                raise requests.RequestException(f"{where} {problem}", request=request)
        return response

    HTTPAdapter.send = guarded  # type: ignore[method-assign]


def _where(request: requests.PreparedRequest) -> str:
    # Without the query, which may hold a key.
    parts = urlsplit(request.url or "")
    return f"{parts.netloc.rsplit('@', 1)[-1]}{parts.path}"


def _read(response: requests.Response, deadline: float) -> None:
    """Reads the answer to its end, also one that comes a byte now and then."""
    chunks: list[bytes] = []
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            chunks.append(chunk)
            if time.monotonic() > deadline:
                raise requests.ReadTimeout("the answer does not end")
    except requests.RequestException:
        response.close()
        raise
    except Exception as e:
        response.close()
        raise requests.exceptions.ChunkedEncodingError(e) from e
    response._content = b"".join(chunks)
    response._content_consumed = True


def _problem(response: requests.Response, json_only: bool) -> str | None:
    """Returns what is wrong with an answer; None if nothing is. A refusal and a rate limit are answers."""
    if response.status_code >= 500:
        return f"answered HTTP {response.status_code}"
    if response.status_code != 200 or not json_only:
        return None
    try:
        json.loads(response.content)
        return None
    except ValueError:
        pass
    if not response.content.strip():
        return "answered HTTP 200 without a body"
    kind = response.headers.get("Content-Type", "no type").split(";")[0]
    begin = response.content[:_SHOWN].decode(errors="replace").split("\n", 1)[0]
    return f"answered HTTP 200 with {kind} that is not JSON, or is cut: {begin}"


def _explained(problem: requests.RequestException, seconds: float) -> str:
    kinds: list[tuple[type[Exception], Callable[[], str]]] = [
        (requests.ConnectTimeout, lambda: f"did not take the connection within {_CONNECT_SECONDS:g} s"),
        (requests.ReadTimeout, lambda: f"did not answer within {seconds:g} s (--timeout)"),
        (requests.exceptions.ChunkedEncodingError, lambda: "broke its answer off"),
        (requests.exceptions.SSLError, lambda: f"cannot be reached by TLS: {problem}"),
        (requests.ConnectionError, lambda: _unreachable(problem)),
    ]
    return next((text() for kind, text in kinds if isinstance(problem, kind)), str(problem))


def _unreachable(problem: requests.RequestException) -> str:
    text = str(problem)
    if "NameResolution" in text or "resolve" in text:
        return "has no address: is the host right, and the network up?"
    if "Connection refused" in text:
        return "refuses the connection: is the URL right, and the service up?"
    if "Read timed out" in text:
        return "broke its answer off"
    if "Connection reset" in text or "RemoteDisconnected" in text or "closed connection" in text:
        return "closed the connection without an answer"
    return f"cannot be reached: {text.rsplit(':', 1)[-1].strip(' )>')}"
