"""How the emulator's processes listen, say that they are ready, and end."""

import json
import os
import socket
import sys
import threading

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A socket on the loopback interface; port 0 takes a free one."""
    # By its protocol asyncio knows TCP, and sends answers at once: else each waits for 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    return listener


def say_ready(**ports: int) -> None:
    """Prints the line that the tests wait for."""
    print("READY " + json.dumps(ports), flush=True)


def end_with_parent() -> None:
    """Ends this process when its standard input does: it is a pipe from the parent, which however it dies leaves nothing behind."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
