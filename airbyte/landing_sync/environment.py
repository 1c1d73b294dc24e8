"""The virtual environment of the connector, made once for what requirements.txt says. Standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from landing_sync.errors import SyncFailed


def folder_of(requirements: Path, folder: Path) -> Path:
    """Returns where the environment of these requirements is or will be: changed requirements are another one."""
    return folder / hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]


def interpreter(requirements: Path, folder: Path) -> Path:
    """Returns the environment's Python, after making the environment if it is not there."""
    environment = folder_of(requirements, folder)
    if not environment.is_dir():
        _make(requirements, environment)
    return environment / "bin" / "python"


def _make(requirements: Path, environment: Path) -> None:
    """Gives the environment its name when it is complete: one whose making was interrupted is never used."""
    print(f"Making the connector's Python environment in {environment}, once", file=sys.stderr)
    try:
        environment.parent.mkdir(parents=True, exist_ok=True)
        started = Path(tempfile.mkdtemp(prefix="incomplete", dir=environment.parent))
    except OSError as e:
        raise SyncFailed(f"{environment.parent} cannot be written: {e.strerror}. Name another folder with --environment") from e
    try:
        _run(requirements, sys.executable, "-m", "venv", str(started))
        pip = [str(started / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run(requirements, *pip, "--requirement", str(requirements))
        try:
            os.rename(started, environment)
        except OSError:
            if not environment.is_dir():
                raise
            # Another sync was faster.
    finally:
        shutil.rmtree(started, ignore_errors=True)


def _run(requirements: Path, *command: str) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise SyncFailed(
            f"the connector's Python environment cannot be made. It needs Python's module venv (on Debian: apt-get install "
            f"python3-venv) and the packages of {requirements} from a registry that pip knows.\n"
            f"{' '.join(command)} failed:\n{done.stdout.strip()}"
        )
