"""An S3 for the emulator and its clients: moto, in memory, a process of its own so that it outlives a killed emulator.

``python -m emulator.s3 BUCKET`` makes the bucket and prints ``READY {"port": N}``.
"""

import sys
import threading

from moto.server import ThreadedMotoServer

from emulator import object_store
from emulator.process import HOST, end_with_parent, say_ready


def main() -> None:
    """Serves until the parent ends."""
    end_with_parent()
    server = ThreadedMotoServer(ip_address=HOST, port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    object_store.connect(f"http://{HOST}:{port}")
    object_store.make_bucket(sys.argv[1])
    say_ready(port=port)
    threading.Event().wait()


if __name__ == "__main__":
    main()
