"""Kills a sync before each operation on its files, one after the other, and lets the next sync finish.

Runs the sync's own code; only the connector is a list of messages. Prints how many kills there were; ends with 1 when a record is lost, or a
state is saved whose records are not there.
"""

import json
import os
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from landing_sync.run import _sync
from landing_sync.state import StateFile

SLICES = 2
RECORDS = 3
KILLED = 137


class Messages:
    """A connector that reads slices of records, from the state's slice on: like the CDK it reads the boundary again."""

    def __init__(self, state: StateFile):
        self._state = state

    def discover(self):
        stream = {"name": "s", "json_schema": {"properties": {"k": {}}}, "supported_sync_modes": ["full_refresh", "incremental"]}
        yield {"type": "CATALOG", "catalog": {"streams": [stream]}}

    def read(self, catalog, patience):
        saved = self._state.messages()
        for slice_ in range(saved[0]["stream"]["stream_state"]["slice"] if saved else 0, SLICES):
            for record in range(RECORDS):
                yield {"type": "RECORD", "record": {"stream": "s", "data": {"k": slice_ * RECORDS + record}, "emitted_at": 1}}
            stream = {"stream_descriptor": {"name": "s"}, "stream_state": {"slice": slice_}}
            yield {"type": "STATE", "state": {"stream": stream, "sourceStats": {"recordCount": RECORDS}}}

    def kill(self):
        pass


def sync(folder: Path, kill_before: int | None) -> int:
    """Runs a sync in a child that is killed before its n-th operation; returns how it ended."""
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if kill_before is not None:
            _kill_before(kill_before, str(folder))
        state = StateFile(folder / "_state" / "s.json")
        call = Namespace(landing=folder, namespace="n", streams=None, full_refresh=False, quiet=True, checkpoint_seconds=0.0, records_per_file=2)
        _sync(call, Messages(state), Path("s.yaml"), state)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _kill_before(number: int, folder: str) -> None:
    seen = 0

    def watch(event, arguments):
        nonlocal seen
        if event in ("open", "os.link", "os.rename", "os.remove", "os.mkdir") and str(arguments[0]).startswith(folder):
            seen += 1
            if seen == number:
                os._exit(KILLED)

    sys.addaudithook(watch)


def landed(folder: Path) -> set[int]:
    """Returns the keys that a reader of *.jsonl finds; a line that is not whole is an error."""
    files = [file for file in (folder / "n" / "s").glob("*.jsonl") if not file.name.startswith(".")]
    return {json.loads(line)["_airbyte_data"]["k"] for file in files for line in file.read_text().splitlines()}


def main() -> int:
    """Kills before each operation; returns the exit code."""
    kills = 0
    while True:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            ended = sync(folder, kills + 1)
            if ended == 0:
                break
            assert ended == KILLED, ended
            kills += 1
            state = folder / "_state" / "s.json"
            if state.exists():
                reached = json.loads(state.read_text())["state"][0]["stream"]["stream_state"]["slice"]
                missing = set(range((reached + 1) * RECORDS)) - landed(folder)
                assert not missing, f"kill {kills}: the state covers {missing}, which are not there"
            assert sync(folder, None) == 0
            assert landed(folder) == set(range(SLICES * RECORDS)), f"kill {kills}: {landed(folder)}"
            assert not list((folder / "n" / "s").glob(".*")), f"kill {kills} left files"
    print(kills)
    return 0


if __name__ == "__main__":
    sys.exit(main())
