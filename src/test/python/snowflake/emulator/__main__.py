"""Starts the emulator; it ends with its parent.

Prints ``READY {"port": N, "pipe_port": M}`` when it answers: Snowflake's protocol on N, the same and Snowpipe by TLS on M.
"""

import argparse
import asyncio
import contextlib
import os
from pathlib import Path

import fakesnow.server as server
import uvicorn
from fakesnow.instance import FakeSnow

from emulator import copying, errors, faults, login, object_store, schemas, snowpipe, statements, transactions, translations
from emulator.process import end_with_parent, listen, say_ready

# Parameters of a session that change nothing here, and that fakesnow refuses.
IGNORED = [r"\s*alter\s+session\s+set\s+(query_tag|lock_timeout|statement_\w+|timezone\s*=\s*'(etc/)?utc')"]


class Server(uvicorn.Server):
    """A server among others in its process: a signal ends the process."""

    @contextlib.contextmanager
    def capture_signals(self):
        yield


def main() -> None:
    """Parses the arguments, corrects fakesnow, serves."""
    arguments = _arguments()
    end_with_parent()
    object_store.connect(arguments.s3_endpoint)
    account = login.Account(arguments.user, arguments.password, arguments.public_key.read_bytes())
    translations.install()
    copying.install(arguments.integration)
    statements.install()
    schemas.install()
    transactions.install()
    errors.install()
    login.install(account)
    snowpipe.install(account)
    faults.install()
    open_databases(arguments.data)
    asyncio.run(_serve(arguments))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--pipe-port", type=int, default=0)
    parser.add_argument("--data", type=Path, required=True, help="a folder, for one file a database")
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument("--certificate-key", type=Path, required=True)
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--public-key", type=Path, required=True, help="the user's, in PEM")
    parser.add_argument("--integration", action="append", default=[], help="the name of a storage integration")
    parser.add_argument("--s3-endpoint", required=True)
    return parser.parse_args()


def open_databases(folder: Path) -> None:
    """Keeps databases in files, and opens those that are there: fakesnow's server keeps them in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    server.shared_fs = FakeSnow(db_path=folder, nop_regexes=IGNORED)
    # An extension that is not there must not be fetched from the internet.
    server.shared_fs.duck_conn.execute("SET GLOBAL autoinstall_known_extensions = false")
    for file in sorted(os.listdir(folder)):
        if file.endswith(".db"):
            server.shared_fs.connect(file.removesuffix(".db")).close()


async def _serve(arguments: argparse.Namespace) -> None:
    plain, secure = listen(arguments.port), listen(arguments.pipe_port)
    certificate = {"ssl_certfile": arguments.certificate, "ssl_keyfile": arguments.certificate_key}
    servers = {plain: _server(), secure: _server(**certificate)}
    tasks = [asyncio.create_task(each.serve(sockets=[listener])) for listener, each in servers.items()]
    while not all(each.started for each in servers.values()):
        await asyncio.sleep(0.02)
    say_ready(port=plain.getsockname()[1], pipe_port=secure.getsockname()[1])
    await asyncio.gather(*tasks)


def _server(**tls: Path) -> Server:
    return Server(uvicorn.Config(server.app, lifespan="off", log_level="info", **tls))


if __name__ == "__main__":
    main()
