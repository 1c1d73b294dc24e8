"""Files that are there whole or not at all, also after the power fails."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it, durably."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def replace(file: Path, content: bytes) -> None:
    """Gives a file a new content: a reader, and a machine that starts again, see the old or the new one."""
    unfinished = file.with_name(f".{file.name}.part")
    with open(unfinished, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(unfinished, file)
    sync_folder(file.parent)
