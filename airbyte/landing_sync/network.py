"""Which hosts a connector may call: those that its configuration names, and a proxy that the environment names."""

import os
import sys
from typing import Any
from urllib.parse import urlsplit

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


class HostNotAllowed(Exception):
    """A connector, a library or a redirect asked for another host. No OSError: those are tried again."""


def hosts_of(config: Any) -> set[str]:
    """Returns the hosts of all the URLs in a configuration, wherever they stand in it."""
    if isinstance(config, dict):
        return set().union(*(hosts_of(value) for value in config.values()))
    if isinstance(config, list):
        return set().union(*(hosts_of(value) for value in config))
    if isinstance(config, str) and config.startswith(("http://", "https://")):
        return {urlsplit(config).hostname or ""} - {""}
    return set()


def allow_only(hosts: set[str]) -> None:
    """Refuses every other host from now on, in this process, for good: an audit hook cannot be taken away."""
    allowed = hosts.union(*(hosts_of(os.environ.get(name, "")) for name in PROXIES))

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0]
            if host is not None and host not in allowed:
                raise HostNotAllowed(f"the connector may call {', '.join(sorted(allowed))} only, and asked for {host}")

    sys.addaudithook(watch)
