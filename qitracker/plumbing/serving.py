"""The real server: gunicorn with threads, started in this process, so that the program is loaded once.

Workers are forked from it. No database connection is open by then (SQLite must not be carried across a fork), and
no chart has been drawn (vl-convert's engine must not be either).
"""

import gc
import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

# 2 workers of 4 threads on 2 cores: more threads make SQLite's writers slower, not faster (docs/figures.md).
SETTINGS = {
    "worker_class": "gthread",
    "workers": 2,
    "threads": 4,
    "preload_app": True,
    "loglevel": "warning",
    "graceful_timeout": 30,
    "control_socket_disable": True,
}


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn for our app."""

    def __init__(self, make_app: Callable[[], Flask], address: str) -> None:
        self.make_app, self.address = make_app, address
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {**SETTINGS, "bind": self.address}
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called once, before the workers are forked. What the program itself is made of is put aside for good: each
        full look for rubbish went through it again, 85 ms in which every second page of a long list waited.
        """
        app = self.make_app()
        gc.collect()
        gc.freeze()
        return app


def is_free(host: str, port: int) -> bool:
    """Whether nothing listens there yet."""
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, port))
        except OSError:
            return False
    return True


def serve(make_app: Callable[[], Flask], address: str) -> None:
    """Serve until stopped. `address` is host:port."""
    Server(make_app, address).run()
