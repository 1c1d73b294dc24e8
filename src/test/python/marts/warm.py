"""A Python whose dbt is imported and has parsed the project once: `warm.py SOCKET PROJECT` waits, `warm.py --call SOCKET -c CODE ARGUMENTS` runs
like `python -c CODE ARGUMENTS`, in a process forked from the one that waits. A start of dbt costs 14 seconds of CPU, a fork a third of that.

What is forked has the caller's folder, environment, standard output and error. Prints READY when it answers, and ends with its standard input.
"""

import json
import os
import socket
import sys
import threading


def call(path: str, arguments: list[str]) -> int:
    """Has the arguments run, and returns the exit code."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as peer:
        peer.connect(path)
        asked = {"folder": os.getcwd(), "environment": dict(os.environ), "arguments": arguments}
        socket.send_fds(peer, [b"+"], [1, 2])
        peer.sendall(json.dumps(asked).encode())
        peer.shutdown(socket.SHUT_WR)
        return int(peer.makefile().read() or 1)


def serve(path: str, project: str) -> None:
    """Warms dbt up, then forks for each call."""
    from dbt.cli.main import dbtRunner

    # The static parser starts threads, which a fork does not have.
    dbtRunner().invoke(["parse", "--quiet", "--project-dir", project, "--profiles-dir", project, "--log-path", project, "--no-static-parser"])

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(path)
        listener.listen()
        threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
        print("READY {}", flush=True)
        while True:
            peer, _ = listener.accept()
            with peer:
                _, outputs, _, _ = socket.recv_fds(peer, 1, 2)
                asked = json.loads(peer.makefile().read())
                child = os.fork()
                if child == 0:
                    os._exit(run(asked, outputs))
                for output in outputs:
                    os.close(output)
                peer.sendall(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def run(asked: dict, outputs: list[int]) -> int:
    """What python does with the arguments `-c CODE …`."""
    os.dup2(outputs[0], 1)
    os.dup2(outputs[1], 2)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    _, code_text, *rest = asked["arguments"]
    sys.argv = ["-c", *rest]
    try:
        exec(compile(code_text, "<string>", "exec"), {"__name__": "__main__"})
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return code


if __name__ == "__main__":
    if sys.argv[1] == "--call":
        sys.exit(call(sys.argv[2], sys.argv[3:]))
    serve(sys.argv[1], sys.argv[2])
