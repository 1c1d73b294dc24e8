"""The command: its arguments, and the step into the connector's environment. Standard library only until then."""

import argparse
import os
import re
import sys
from pathlib import Path

from landing_sync import environment
from landing_sync.errors import SyncFailed, WrongCall

_EPILOG = """\
files: LANDING/NAMESPACE/STREAM/YYYY_MM_DD_EPOCHMS_PART.jsonl, as Airbyte's S3 destination writes them; one appears when it is complete.
state: saved after its records are durable. A sync that was killed is simply run again: records may be landed twice, none is lost.
secrets: the configuration names them, ${NAME} an environment variable, ${file:PATH} a file.
network: the connector may call the hosts of the URLs in its configuration, and a proxy of the environment (HTTPS_PROXY), nothing else.

exit codes: 0 done, 1 the sync failed and can be run again, 2 the call, the configuration or the manifest is wrong
"""


def main(arguments: list[str], script: Path) -> int:
    """Runs the command; returns its exit code."""
    try:
        call = _parse(arguments, script)
        home = environment.folder_of(script.with_name("requirements.txt"), call.environment)
        if Path(sys.prefix).resolve() != home.resolve():
            python = environment.interpreter(script.with_name("requirements.txt"), call.environment)
            os.execv(python, [str(python), str(script), *arguments])
        from landing_sync.run import run

        run(call, _manifest(call.connector, script))
        return 0
    except WrongCall as e:
        for problem in e.problems:
            print(f"error: {problem}", file=sys.stderr)
        return 2
    except SyncFailed as e:
        print(f"error: {e}", file=sys.stderr)
        return 1
    except OSError as e:
        print(f"error: {e.filename or 'a file'}: {e.strerror or e}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted", file=sys.stderr)
        return 1


def _parse(arguments: list[str], script: Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="airbyte/sync",
        description="Runs a connector manifest by Airbyte's source-declarative-manifest and lands what it reads, without an Airbyte server.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("connector", metavar="CONNECTOR", help=f"a manifest, or the name of one in {script.parent.name}/connectors, such as fuel_prices")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="its configuration, YAML or JSON; examples are in airbyte/config")
    parser.add_argument("--landing", type=_folder, required=True, metavar="FOLDER", help="the landing zone")
    parser.add_argument("--namespace", type=_name, default="market", metavar="NAME", help="the folder of the streams in it (default: market)")
    parser.add_argument("--state", type=Path, metavar="FILE", help="how far was read (default: LANDING/_state/CONNECTOR.json)")
    parser.add_argument("--streams", type=lambda text: text.split(","), metavar="A,B", help="only these streams")
    parser.add_argument("--full-refresh", action="store_true", help="read everything again, as the next generation")
    parser.add_argument("--check", action="store_true", help="only ask whether the source answers with these secrets")
    parser.add_argument(
        "--checkpoint-seconds", type=_seconds, default=30.0, metavar="S", help="how long a state may wait to be saved; each time completes the files (default: 30)"
    )
    parser.add_argument(
        "--timeout", type=_timeout, default=60.0, metavar="S", help="how long the source may take until it answers, and between two parts of an answer (default: 60)"
    )
    parser.add_argument("--records-per-file", type=_count, default=100_000, metavar="N", help="at most so many records a file (default: 100000)")
    parser.add_argument(
        "--environment",
        type=Path,
        default=Path(os.environ.get("AUTOPULSE_AIRBYTE_ENVIRONMENT") or script.parent.parent / "target" / "python" / "airbyte"),
        metavar="FOLDER",
        help="where the connector's Python environment is kept (default: $AUTOPULSE_AIRBYTE_ENVIRONMENT, else target/python/airbyte)",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")
    return parser.parse_args(arguments)


def _manifest(connector: str, script: Path) -> Path:
    named = script.parent / "connectors" / f"{connector}.yaml"
    if re.fullmatch(r"\w+", connector) and named.is_file():
        return named
    if not Path(connector).is_file():
        known = ", ".join(sorted(each.stem for each in named.parent.glob("*.yaml")))
        raise WrongCall(f"there is no manifest {connector}. Give the path of one, or a name: {known}")
    return Path(connector)


def _name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no name of letters, digits, _ and -")
    return text


def _folder(text: str) -> Path:
    if "://" in text:
        raise argparse.ArgumentTypeError(f"{text} is no local folder; an Airbyte server lands in S3, see docs/airbyte.md")
    return Path(text)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < 86_400:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to 86,400")
    return seconds


def _timeout(text: str) -> float:
    seconds = _seconds(text)
    if not seconds:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return seconds


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return count
