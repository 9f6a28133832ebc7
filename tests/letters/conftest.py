"""A folder for mail, and a small mail server that answers as told."""

import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qitracker.config import Mail, Secured
from qitracker.letters.kinds import LetterKind
from qitracker.letters.writing import Line, write_letter
from qitracker.models import db


@pytest.fixture
def mail_settings(app):
    """Change how mail leaves for one test."""
    before = app.extensions["settings"]

    def change(**mail) -> None:
        app.extensions["settings"] = replace(before, address="https://qi.example.org", mail=Mail(**mail))

    yield change
    app.extensions["settings"] = before


@pytest.fixture
def folder(mail_settings, tmp_path) -> Path:
    mail_settings(folder=tmp_path / "mail")
    return tmp_path / "mail"


@pytest.fixture
def written(world):
    """A letter to somebody, committed."""

    def write(person=None, key="word/1", subject="Your coach asks", text="Have you asked the night shift?", **more):
        letter = write_letter(
            person or world.lead, LetterKind.ASKED, key, subject, [Line(text, "/projects/mine")], **more
        )
        db.session.commit()
        return letter

    return write


class Postbox(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP; `answers` says what a recipient's name is answered, `kept` holds what was taken."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.kept: list[str] = []
        self.answers: dict[str, str] = {}


class Conversation(socketserver.StreamRequestHandler):
    server: Postbox

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 postbox")
        while line := self.rfile.readline().decode(errors="replace").strip():  # the hello of TLS is no text
            verb = line[:4].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "DATA":
                self.take()
            else:
                to = re.search(r"<(\w+)@", line) if verb == "RCPT" else None
                self.say(self.server.answers.get(to[1] if to else "", "250 ok"))

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        text = b"".join(lines).decode()
        answer = self.server.answers.get("data", "250 taken")
        if answer.startswith("250"):
            self.server.kept.append(text)
        if answer == "hang up":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.say(answer)


@pytest.fixture
def postbox(mail_settings) -> Iterator[Postbox]:
    with Postbox() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        mail_settings(host="127.0.0.1", port=server.server_address[1], sender="qi@example.org", secured=Secured.NONE)
        yield server
        server.shutdown()
