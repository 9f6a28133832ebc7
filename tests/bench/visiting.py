"""Signing in through the form, as a browser does, in this process or at a server."""

import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
Ask = Callable[..., tuple[int, dict[str, str], str]]


@dataclass(slots=True)
class Visitor:
    """One signed-in person at one browser."""

    ask: Ask
    cookie: str = ""
    csrf: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[int, str]:
        status, _, body = self._send("GET", path, None)
        return status, body

    def post(self, path: str, fields: dict[str, Any]) -> tuple[int, str]:
        """The status, and where the answer leads."""
        status, headers, _ = self._send("POST", path, urlencode({"csrf_token": self.csrf, **fields}))
        return status, headers.get("location", "")

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, dict[str, str], str]:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, answered, text = self.ask(method, path, headers, body)
        for name, value in SimpleCookie(answered.get("set-cookie", "")).items():
            self.cookie = f"{name}={value.value}"
        return status, answered, text

    def sign_in(self, account: str, password: str) -> "Visitor":
        self._remember_token(self.get("/sign-in")[1])
        status, _ = self.post("/sign-in", {"email": account, "password": password})
        if status != 303:
            raise RuntimeError(f"{account} could not sign in: {status}")
        self._remember_token(self.get("/you")[1])
        return self

    def _remember_token(self, page: str) -> None:
        found = CSRF.search(page)
        if found is None:
            raise RuntimeError("this page has no form")
        self.csrf = found.group(1)


def in_process(client: Any) -> Ask:
    """Ask the WSGI app itself; `client` is a Flask test client that keeps no cookies of its own."""

    def ask(method: str, path: str, headers: dict[str, str], body: str | None) -> tuple[int, dict[str, str], str]:
        answer = client.open(path, method=method, headers=headers, data=body)
        return (
            answer.status_code,
            {name.lower(): value for name, value in answer.headers},
            answer.get_data(as_text=True),
        )

    return ask


def at_server(port: int) -> Ask:
    """Ask a server on this machine; a connection for each question, as a proxy in front of it makes them."""

    def ask(method: str, path: str, headers: dict[str, str], body: str | None) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text
        finally:
            connection.close()

    return ask
