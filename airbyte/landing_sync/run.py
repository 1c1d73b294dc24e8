"""One sync: reads a connector, lands its records, and saves its state after the records before it are durable."""

import re
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from landing_sync.answers import SourceFails
from landing_sync.config import read_config, read_manifest, reads_json
from landing_sync.connector import Connector
from landing_sync.errors import SyncFailed, WrongCall
from landing_sync.landing import Landing
from landing_sync.report import Report, first_line
from landing_sync.state import StateFile


def run(call: Namespace, manifest_file: Path) -> None:
    """Does what the call asks for."""
    manifest = read_manifest(manifest_file)
    config = read_config(call.config, manifest["spec"]["connection_specification"])
    state = StateFile(call.state or call.landing / "_state" / f"{manifest_file.stem}.json")
    connector = Connector(manifest_file, config, state, call.timeout, reads_json(manifest))
    try:
        if call.check:
            _check(connector, manifest_file)
        else:
            _sync(call, connector, manifest_file, state)
    finally:
        connector.kill()


def _check(connector: Connector, manifest_file: Path) -> None:
    for message in connector.check():
        if message["type"] == "CONNECTION_STATUS":
            status = message["connectionStatus"]
            if status["status"] != "SUCCEEDED":
                raise SyncFailed(f"{manifest_file.stem}: the source does not answer as it should: {status.get('message')}")
            print(f"{manifest_file.stem}: the source answers")


def _sync(call: Namespace, connector: Connector, manifest_file: Path, state: StateFile) -> None:
    catalog = _configured(connector, call.streams, manifest_file)
    report = Report(catalog, call.quiet)
    if call.full_refresh:
        state.start_over()
    folder = call.landing / call.namespace
    landing = Landing(folder, int(time.time() * 1000), state.generation, call.records_per_file)
    landing.clear_unfinished(list(report.streams))
    failure: str | None = None
    checkpoint = Checkpoint(landing, state, call.checkpoint_seconds)
    try:
        for message in connector.read(catalog, max(call.checkpoint_seconds, 1.0)):
            if message is None:
                checkpoint.tick()
            else:
                # The first failure is the one to tell of; what comes after it is taken like what came before.
                problem = _take(message, landing, state, report, checkpoint)
                failure = failure or problem
            report.progress()
    except SyncFailed as e:
        failure = failure or report.last_error or str(e)
    except KeyboardInterrupt:
        connector.kill()
        failure = "interrupted"
    except OSError:
        # The disk may be full: what is complete stays, what is half written goes.
        landing.discard()
        raise
    # What came before a failure is landed too; its state tells exactly how far that is.
    checkpoint.make()
    if failure:
        records = sum(stream.records for stream in report.streams.values())
        landed = f"The {records:,} records that were read until then are landed" if records else "No record was read"
        raise SyncFailed(f"{manifest_file.stem}: {failure}\n{landed}, and the next sync goes on from {state.file}")
    report.summary(manifest_file.stem, landing.files, str(state.file))


class Checkpoint:
    """Makes records durable and then saves the state that covers them, never the other way round."""

    def __init__(self, landing: Landing, state: StateFile, seconds: float):
        self._landing = landing
        self._state = state
        self._seconds = seconds
        self._made = time.monotonic()
        self.pending = False

    def tick(self) -> None:
        """Makes a checkpoint if a state waits for one long enough."""
        if self.pending and time.monotonic() - self._made >= self._seconds:
            self.make()

    def make(self) -> None:
        """Makes a checkpoint."""
        self._landing.make_durable()
        self._state.save()
        self._made = time.monotonic()
        self.pending = False


def _take(message: dict[str, Any], landing: Landing, state: StateFile, report: Report, checkpoint: Checkpoint) -> str | None:
    """Takes a message; returns what failed, if it tells of a failure."""
    kind = message["type"]
    if kind == "RECORD":
        record = message["record"]
        landing.add(record["stream"], record["data"], record["emitted_at"])
        report.streams[record["stream"]].add(record["data"])
    elif kind == "STATE":
        stream = report.streams[message["state"]["stream"]["stream_descriptor"]["name"]]
        sent = int((message["state"].get("sourceStats") or {}).get("recordCount", stream.counted))
        if sent != stream.counted:
            raise SyncFailed(f"the connector sent {sent:,} records before a state, {stream.counted:,} arrived")
        stream.counted = 0
        state.remember(message["state"])
        checkpoint.pending = True
        checkpoint.tick()
    elif kind == "LOG":
        report.log(message["log"]["level"], message["log"]["message"])
    elif kind == "TRACE" and message["trace"]["type"] == "ERROR":
        return _explained(message["trace"]["error"], report.last_warning)
    return None


def _explained(error: dict[str, Any], last_warning: str | None = None) -> str:
    text = error["message"]
    internal = error.get("internal_message") or ""
    if text.endswith(SourceFails.__name__):
        return first_line(internal)
    if used_up := re.fullmatch(r"Exhausted available request attempts\. Exception: (.*)", internal, re.DOTALL):
        # Of a call that had no answer the CDK names its own class; the warning says what happened.
        return last_warning if last_warning and "requests.exceptions" in used_up[1] else first_line(used_up[1])
    if internal and internal not in text:
        text = f"{text} ({first_line(internal)})"
    if error.get("failure_type") == "config_error":
        text += "\nLook at the secrets and values of the configuration"
    return text


def _configured(connector: Connector, wanted: list[str] | None, manifest_file: Path) -> dict[str, Any]:
    """Returns the catalog of what is read: every stream incrementally, if it can be."""
    discovered: list[dict[str, Any]] = []
    failure = None
    try:
        for message in connector.discover():
            if message["type"] == "CATALOG":
                discovered = message["catalog"]["streams"]
            elif message["type"] == "TRACE" and message["trace"]["type"] == "ERROR":
                failure = _explained(message["trace"]["error"])
    except SyncFailed as e:
        raise WrongCall(f"{manifest_file}: the CDK does not accept it: {failure or e}") from e
    names = [stream["name"] for stream in discovered]
    for name in wanted or []:
        if name not in names:
            raise WrongCall(f"{manifest_file} has no stream {name}. It has {', '.join(names)}")
    return {"streams": [_configured_stream(stream) for stream in discovered if not wanted or stream["name"] in wanted]}


def _configured_stream(stream: dict[str, Any]) -> dict[str, Any]:
    incremental = "incremental" in stream["supported_sync_modes"]
    return {
        "stream": stream,
        "sync_mode": "incremental" if incremental else "full_refresh",
        "destination_sync_mode": "append",
        "cursor_field": stream.get("default_cursor_field") or [],
        "primary_key": stream.get("source_defined_primary_key") or [],
    }
