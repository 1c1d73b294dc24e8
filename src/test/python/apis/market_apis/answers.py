"""What an API answers."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """A status, a body that becomes JSON, and how many records are in it."""

    status: int
    body: Any
    records: int = 0
    headers: dict[str, str] = field(default_factory=dict)


class Refused(Exception):
    """A query that the API does not accept."""


def matched(pattern: str, text: str) -> tuple[str, ...]:
    """Returns the groups of a text that must be exactly so."""
    import re

    match = re.fullmatch(pattern, text)
    if not match:
        raise Refused(f"{text!r} is not {pattern}")
    return match.groups()


def page(rows: list[Any], limit: str, offset: str, most: int) -> list[Any]:
    """Returns a page of rows."""
    if not 0 < int(limit) <= most:
        raise Refused(f"limit {limit} is not from 1 to {most}")
    return rows[int(offset) : int(offset) + int(limit)]
