"""The landing zone: Airbyte's S3 layout in JSON lines without flattening, <namespace>/<stream>/<YYYY_MM_DD>_<epoch_ms>_<part>.jsonl."""

import json
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from landing_sync import durable


@dataclass
class Part:
    """A file that is being written, hidden from readers of *.jsonl until it is complete."""

    stream: str
    unfinished: Path
    out: BinaryIO
    records: int = 0


class Landing:
    """The files of one sync. Records are durable after make_durable, or never seen at all."""

    def __init__(self, folder: Path, sync_id: int, generation: int, records_per_file: int):
        self._folder = folder
        self._meta = {"sync_id": sync_id, "changes": []}
        self._generation = generation
        self._records_per_file = records_per_file
        self._parts: dict[str, Part] = {}
        self.files: dict[str, int] = {}

    def clear_unfinished(self, streams: list[str]) -> None:
        """Deletes what a killed sync left half written: its state says that these records are to be read again."""
        for stream in streams:
            for unfinished in (self._folder / stream).glob(".*.jsonl.part"):
                unfinished.unlink()

    def add(self, stream: str, data: Any, extracted_at: int) -> None:
        """Writes a record in Airbyte's envelope."""
        part = self._parts.get(stream) or self._open(stream)
        envelope = {
            "_airbyte_raw_id": str(uuid.uuid4()),
            "_airbyte_extracted_at": extracted_at,
            "_airbyte_generation_id": self._generation,
            "_airbyte_meta": self._meta,
            "_airbyte_data": data,
        }
        part.out.write(_line(envelope))
        part.records += 1
        if part.records >= self._records_per_file:
            self._complete(part)

    def make_durable(self) -> None:
        """Completes the files that are open: whatever happens now, their records are there."""
        for part in list(self._parts.values()):
            self._complete(part)

    def discard(self) -> None:
        """Forgets the files that are open."""
        for part in self._parts.values():
            part.out.close()
            part.unfinished.unlink()
        self._parts.clear()

    def _open(self, stream: str) -> Part:
        folder = self._folder / stream
        durable.make_folder(folder)
        unfinished = folder / f".{uuid.uuid4().hex}.jsonl.part"
        part = Part(stream, unfinished, open(unfinished, "xb", buffering=1 << 20))
        self._parts[stream] = part
        return part

    def _complete(self, part: Part) -> None:
        part.out.flush()
        os.fsync(part.out.fileno())
        part.out.close()
        moment = time.time()
        prefix = f"{time.strftime('%Y_%m_%d', time.gmtime(moment))}_{int(moment * 1000)}"
        number = 0
        while True:
            try:
                # Unlike a rename, a link never takes the place of a file that is there.
                os.link(part.unfinished, part.unfinished.with_name(f"{prefix}_{number}.jsonl"))
                break
            except FileExistsError:
                number += 1
        part.unfinished.unlink()
        durable.sync_folder(part.unfinished.parent)
        del self._parts[part.stream]
        self.files[part.stream] = self.files.get(part.stream, 0) + 1


def _line(envelope: dict[str, Any]) -> bytes:
    try:
        return (json.dumps(envelope, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    except UnicodeEncodeError:
        # Half a surrogate pair has no UTF-8: it stays the escape that it came as.
        return (json.dumps(envelope, separators=(",", ":")) + "\n").encode()
