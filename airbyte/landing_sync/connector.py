"""Runs source-declarative-manifest, the CDK's own command, in child processes and hands over its messages."""

import ctypes
import json
import os
import selectors
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Iterator

from airbyte_cdk.cli import source_declarative_manifest
from airbyte_cdk.logger import PRINT_BUFFER

from landing_sync import answers, network
from landing_sync.errors import SyncFailed
from landing_sync.state import StateFile

_PR_SET_PDEATHSIG = 1
_CHUNK = 1 << 20
_HELD_SECONDS = 0.2


class Connector:
    """A manifest with its configuration. The CDK is imported here once; each command is a fork of this process."""

    def __init__(self, manifest: Path, config: dict[str, Any], state: StateFile, seconds: float, json_only: bool):
        self._manifest = manifest
        self._seconds = seconds
        self._json_only = json_only
        # Files without a name: secrets do not stay on the disk when this process is killed.
        self._config = _nameless(config)
        self._hosts = network.hosts_of(config)
        self._state = state
        self._child = 0

    def check(self) -> Iterator[dict[str, Any]]:
        """Yields the messages of check: does the source answer with these secrets?"""
        return self._run(["check", "--config", _path(self._config)], None)

    def discover(self) -> Iterator[dict[str, Any]]:
        """Yields the messages of discover: the streams with their schemas, keys and cursors."""
        return self._run(["discover", "--config", _path(self._config)], None)

    def read(self, catalog: dict[str, Any], patience: float) -> Iterator[dict[str, Any] | None]:
        """Yields the messages of read, and None when none came for so many seconds."""
        arguments = ["read", "--config", _path(self._config), "--catalog", _path(_nameless(catalog))]
        messages = self._state.messages()
        if messages:
            arguments += ["--state", _path(_nameless(messages))]
        return self._run(arguments, patience)

    def kill(self) -> None:
        """Ends a command that runs."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._child = 0

    def _run(self, arguments: list[str], patience: float | None) -> Iterator[dict[str, Any] | None]:
        source, sink = os.pipe()
        parent = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        self._child = os.fork()
        if not self._child:
            os.close(source)
            self._become([*arguments, "--manifest-path", str(self._manifest)], sink, parent)
        os.close(sink)
        try:
            yield from _messages(source, patience)
        finally:
            os.close(source)
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        code = os.waitstatus_to_exitcode(status)
        if code:
            raise SyncFailed(f"source-declarative-manifest {arguments[0]} ended with {f'exit code {code}' if code > 0 else f'signal {-code}'}")

    def _become(self, arguments: list[str], sink: int, parent: int) -> None:
        """Is the child: never returns."""
        code = 1
        try:
            # A sync that is killed takes its connector along, even one that waits for a rate limit.
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)
            self._state.release()
            os.dup2(sink, 1)
            os.close(sink)
            network.allow_only(self._hosts)
            answers.guard(self._seconds, self._json_only)
            threading.Thread(target=_hand_over, daemon=True).start()
            os.environ.pop("DEPLOYMENT_MODE", None)
            sys.argv = ["source-declarative-manifest", *arguments]
            source_declarative_manifest.run()
            code = 0
        except SystemExit as e:
            code = e.code if isinstance(e.code, int) else 1
        except BrokenPipeError:
            pass
        except BaseException:
            # The CDK's hook, which tells what failed in a message; nothing may go on into the parent's code.
            sys.excepthook(*sys.exc_info())
        finally:
            try:
                sys.stdout.flush()
            finally:
                os._exit(code)


def _hand_over() -> None:
    """Flushes what the CDK holds back until its next message: that may be behind a long rate limit."""
    while True:
        time.sleep(_HELD_SECONDS)
        PRINT_BUFFER.flush()


def _messages(source: int, patience: float | None) -> Iterator[dict[str, Any] | None]:
    """Yields a message a line; a last line without an end is of a connector that died."""
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while True:
            if not selector.select(patience):
                yield None
                continue
            chunk = os.read(source, _CHUNK)
            if not chunk:
                return
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                yield _message(line)


def _message(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
        if isinstance(message, dict) and "type" in message:
            return message
    except ValueError:
        pass
    # What a library prints is no message of the protocol.
    return {"type": "LOG", "log": {"level": "INFO", "message": line.decode(errors="replace")}}


def _nameless(content: Any) -> int:
    file = tempfile.TemporaryFile()
    file.write(json.dumps(content).encode())
    file.flush()
    file.seek(0)
    descriptor = os.dup(file.fileno())
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _path(descriptor: int) -> str:
    return f"/dev/fd/{descriptor}"
