"""The state of a connector: how far its streams were read, in messages of the Airbyte protocol, and their generation."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any

from landing_sync import durable
from landing_sync.errors import SyncFailed, WrongCall


class StateFile:
    """A state file that one sync at a time holds. A process that is killed gives it free."""

    def __init__(self, file: Path):
        self.file = file
        self.generation = 0
        self._streams: dict[str, Any] = {}
        self._changed = False
        durable.make_folder(file.parent)
        self._lock = os.open(file.with_name(f".{file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SyncFailed(f"another sync{self._holder()} holds {file}: wait for it, or give this one its own --state") from None
        os.ftruncate(self._lock, 0)
        os.write(self._lock, f"{os.getpid()} {time.strftime('%Y-%m-%d %H:%M:%S %Z')}\n".encode())
        self._read()

    def _holder(self) -> str:
        """Returns who holds the lock, and since when; nothing if it has only just been taken."""
        process, _, since = os.pread(self._lock, 100, 0).decode(errors="replace").strip().partition(" ")
        return f", process {process}, started {since}," if since else ""

    def release(self) -> None:
        """Gives the lock free, also in a child that must not hold it longer than this process."""
        os.close(self._lock)

    def _read(self) -> None:
        try:
            text = self.file.read_text()
        except FileNotFoundError:
            return
        try:
            saved = json.loads(text)
            self.generation = int(saved["generation"])
            self._streams = {each["stream"]["stream_descriptor"]["name"]: each for each in saved["state"]}
        except (ValueError, KeyError, TypeError) as e:
            raise WrongCall(
                f"{self.file}: it is not a state file of airbyte/sync ({e!r}). Restore it, or name another with --state; "
                "without a state everything is read again"
            ) from e

    def start_over(self) -> None:
        """Forgets how far the streams were read: what is read from now on is the next generation."""
        if self._streams:
            self.generation += 1
            self._streams = {}

    def messages(self) -> list[Any]:
        """Returns what the connector's read takes as its --state."""
        return list(self._streams.values())

    def remember(self, message: dict[str, Any]) -> None:
        """Takes a stream's newest state, to be saved when its records are durable."""
        stream = {key: message["stream"][key] for key in ("stream_descriptor", "stream_state")}
        self._streams[stream["stream_descriptor"]["name"]] = {"type": "STREAM", "stream": stream}
        self._changed = True

    def save(self) -> None:
        """Writes the states that came, if any did. Only ever called after the records before them are durable."""
        if not self._changed:
            return
        content = {"generation": self.generation, "state": self.messages()}
        durable.replace(self.file, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())
        self._changed = False
