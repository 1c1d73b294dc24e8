"""What a sync tells while it runs and when it ends. Progress and warnings go to stderr, the summary to stdout."""

import re
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

_EVERY_SECONDS = 2.0
_LONGEST = 300
# Of what the CDK says at its level INFO: that it takes an answer for an empty one, and that it waits, which it calls a rate limit whatever
# the reason is.
_IGNORED = re.compile(r"Ignoring response")
_REASONS = {"429": "the source limits the rate (HTTP 429); ", "200": "an answer (HTTP 200) is not what the connector expects; "}
_WAITS = re.compile(r"Rate limit exceeded(?: \(HTTP (\d+)\))?\. Retrying in ([\d.]+) seconds|Waiting ([\d.]+) seconds")


def first_line(text: str) -> str:
    """Returns the first line of a text, without what is beyond a screen's width or two: the CDK adds stack traces and headers."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


@dataclass
class StreamReport:
    """What came of a stream. A record that lacks a required field is landed like any other: the pipeline rejects it, and keeps it."""

    required: list[str]
    known: set[str]
    records: int = 0
    lacking: dict[str, int] = field(default_factory=dict)
    new_fields: dict[str, int] = field(default_factory=dict)
    counted: int = 0

    def add(self, data: dict[str, Any]) -> None:
        """Counts a record, and how it differs from the schema."""
        self.records += 1
        self.counted += 1
        for name in self.required:
            if data.get(name) is None:
                self.lacking[name] = self.lacking.get(name, 0) + 1
        if not data.keys() <= self.known:
            for name in data.keys() - self.known:
                self.new_fields[name] = self.new_fields.get(name, 0) + 1


class Report:
    """Counts by stream, and the clock."""

    def __init__(self, catalog: dict[str, Any], quiet: bool):
        self.streams = {
            each["stream"]["name"]: StreamReport(
                each["stream"]["json_schema"].get("required", []), set(each["stream"]["json_schema"].get("properties", {}))
            )
            for each in catalog["streams"]
        }
        self._quiet = quiet
        self._started = time.monotonic()
        self._told = self._started
        self.last_error: str | None = None
        self.last_warning: str | None = None
        self._said: deque[str] = deque(maxlen=4)

    def progress(self) -> None:
        """Tells where the sync is, every two seconds."""
        now = time.monotonic()
        if not self._quiet and now - self._told >= _EVERY_SECONDS:
            self._told = now
            for name, stream in self.streams.items():
                if stream.records:
                    print(f"{name}: {stream.records:,} records, {stream.records / (now - self._started):,.0f} a second", file=sys.stderr)

    def log(self, level: str, message: str) -> None:
        """Passes on what the connector warns of, waits for or leaves out. Its errors come as traces too: the last is kept for when none does."""
        if level in ("ERROR", "FATAL"):
            self.last_error = first_line(message)
        elif waits := _WAITS.search(message):
            status, seconds, others = waits.groups()
            self._say(f"info: {_REASONS.get(status, '')}the next attempt is in {float(seconds or others):.0f} s")
        elif level == "WARN" or _IGNORED.search(message):
            if level == "WARN":
                self.last_warning = first_line(message)
            self._say(f"{level.lower()}: {first_line(message)}")

    def _say(self, line: str) -> None:
        """Prints a line once: slices that are read side by side say the same."""
        if line not in self._said:
            print(line, file=sys.stderr)
        self._said.append(line)

    def summary(self, connector: str, files: dict[str, int], state: str) -> None:
        """Prints the table of the streams."""
        seconds = time.monotonic() - self._started
        records = sum(stream.records for stream in self.streams.values())
        print(f"Sync of {connector}: {records:,} records in {seconds:.1f} s\n")
        rows = [("stream", "records", "files", "lacking a required field", "new fields")]
        for name, stream in self.streams.items():
            rows.append(
                (name, f"{stream.records:,}", str(files.get(name, 0)), _counts(stream.lacking), _counts(stream.new_fields))
            )
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        for i, row in enumerate(rows):
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
            if i == 0:
                print("  ".join("─" * width for width in widths))
        print(f"\nState: {state}")


def _counts(of: dict[str, int]) -> str:
    return ", ".join(f"{name} ({count:,})" for name, count in sorted(of.items())) or "-"
