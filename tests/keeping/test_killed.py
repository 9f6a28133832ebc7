"""A real server whose workers are killed while four people write: what was acknowledged is there, once, with its event."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from qitracker.plumbing.migrating import upgrade
from tests.keeping.conftest import ask

PASSWORD = "purple-otter-lamp"
WRITERS, EACH, KILLS = 4, 15, 2


class Visitor:
    """A browser: one connection a request, the cookie kept."""

    def __init__(self, port):
        self.port, self.cookie = port, ""

    def ask(self, method, path, form=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, urlencode(form) if form else None, headers)
            answer = connection.getresponse()
            body = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie") or []:
                for name, morsel in SimpleCookie(line).items():
                    self.cookie = f"{name}={morsel.value}"
            return answer.status, body
        finally:
            connection.close()

    def token(self, path):
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask("GET", path)[1])[1]

    def sign_in(self):
        form = {"csrf_token": self.token("/sign-in"), "email": "a@example.org", "password": PASSWORD}
        assert self.ask("POST", "/sign-in", form)[0] == 303
        return self


@pytest.fixture
def server(tmp_path):
    """gunicorn on a free port, by the command that IT uses; gives the port, its process and its database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    instance = tmp_path / "instance"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QITRACKER_")}
    environment = {**kept, "QITRACKER_INSTANCE": str(instance), "QITRACKER_SECURE_COOKIES": "no"}
    command = [sys.executable, "-m", "qitracker.cli"]
    first = [
        "first-administrator",
        "--organisation",
        "Test hospital",
        "--name",
        "Role admin",
        "--email",
        "a@example.org",
    ]
    instance.mkdir()
    upgrade(f"sqlite:///{instance / 'qitracker.db'}")
    subprocess.run([*command, *first], env=environment, check=True, capture_output=True, input=PASSWORD.encode())
    log = (tmp_path / "server.log").open("wb")
    running = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
    try:
        wait_until_ready(port)
        yield port, running.pid, f"sqlite:///{instance / 'qitracker.db'}"
    finally:
        running.terminate()
        running.wait(timeout=40)
        log.close()


def wait_until_ready(port, seconds=30):
    end = time.monotonic() + seconds
    while True:
        try:
            if Visitor(port).ask("GET", "/readyz")[0] == 200:
                return
        except OSError:
            assert time.monotonic() < end, "the server did not start"
        time.sleep(0.05)


def workers(master):
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def test_acknowledged_rows_survive_killed_workers_once_and_with_their_event(server):
    port, master, url = server
    visitor = Visitor(port).sign_in()
    token = visitor.token("/people/")
    hospital = str(uuid.UUID(str(ask(url, "SELECT id FROM unit")[0][0])))
    acknowledged, tries, lock = [], Counter(), threading.Lock()

    def write(writer):
        for turn in range(EACH):
            form = {
                "csrf_token": token,
                "submission": str(uuid.uuid4()),
                "name": f"Ward {writer} {turn}",
                "parent": hospital,
                "kind": "ward",
            }
            for _ in range(40):  # a person who presses again, with the same form
                try:
                    status, _ = visitor.ask("POST", "/people/units", form)
                except (OSError, http.client.HTTPException):
                    status = 0  # the worker died with the answer
                    time.sleep(0.05)
                with lock:
                    tries[status] += 1
                if status == 303:
                    acknowledged.append(form["name"])
                    break

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    killed = 0
    for kill in range(KILLS):
        while len(acknowledged) < (kill + 1) * WRITERS * EACH // (KILLS + 2) and any(
            map(threading.Thread.is_alive, threads)
        ):
            time.sleep(0.005)
        os.kill(workers(master)[0], signal.SIGKILL)
        killed += 1
    assert len(acknowledged) < WRITERS * EACH  # both were killed in the midst of it
    for thread in threads:
        thread.join()
    wait_until_ready(port, 5)

    assert killed == KILLS
    assert set(tries) <= {0, 303, 503}, tries
    assert sorted(acknowledged) == sorted(f"Ward {writer} {turn}" for writer in range(WRITERS) for turn in range(EACH))
    stored = ask(url, "SELECT unit.name, count(event.id) FROM unit LEFT JOIN event ON event.noun = 'unit'"
                 " AND replace(event.noun_id, '-', '') = unit.id WHERE unit.kind = 'ward' GROUP BY unit.id")  # fmt: skip
    assert Counter(name for name, _ in stored) == Counter(acknowledged)
    assert {events for _, events in stored} == {1}
    assert ask(url, "PRAGMA integrity_check") == [("ok",)]
    assert ask(url, "PRAGMA foreign_key_check") == []
