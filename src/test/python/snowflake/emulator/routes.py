"""Paths of the server that fakesnow lacks, or answers otherwise."""

from collections.abc import Callable

import fakesnow.server as server
from starlette.routing import Route


def shadow(path: str, endpoint: Callable, method: str) -> None:
    """Lets an endpoint answer a path, before fakesnow's own if it has one."""
    server.app.router.routes.insert(0, Route(path, endpoint, methods=[method]))
