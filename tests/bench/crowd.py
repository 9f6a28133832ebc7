"""Half of the crowd, as a process of its own: people without think time, one connection for each question.

Reads a plan as JSON from standard input, and writes what happened as JSON to standard output:
`{"port", "seconds", "people": [{"cookie", "paths": [...]} | {"cookie", "csrf", "jobs": [[series, fields], ...]}]}`.
Each answer is [path, status, seconds, location, key]; status 0 is no answer, key is that of a form that was sent.
Asks 127.0.0.1 only, and stops after the seconds. Standard library only, so that it starts at once.
"""

import http.client
import itertools
import json
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

PATIENCE = 30  # seconds until a question counts as unanswered
TWICE_EVERY = 10  # each tenth form is sent twice, as by a double click
Answer = tuple[str, int, float, str, str]
Request = tuple[str, str, str | None, str]  # method, path, body, key


def ask(port: int, cookie: str, request: Request) -> Answer:
    """One question with its answer, read to the end."""
    method, path, body, key = request
    headers = {"Cookie": cookie}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return path, answer.status, time.perf_counter() - begun, answer.getheader("Location") or "", key
    except (OSError, http.client.HTTPException):
        return path, 0, time.perf_counter() - begun, "", key
    finally:
        connection.close()


def reads(person: dict[str, Any]) -> Iterator[Request]:
    """The pages of one person, over and over."""
    return (("GET", path, None, "") for path in itertools.cycle(person["paths"]))


def posts(person: dict[str, Any]) -> Iterator[Request]:
    """The numbers of one person, each once but for the double clicks."""
    for place, (series, fields) in enumerate(person["jobs"]):
        key = str(uuid.uuid4())
        body = urlencode({"csrf_token": person["csrf"], "submission": key, **fields})
        for _ in range(2 if place % TWICE_EVERY == 0 else 1):
            yield "POST", f"/series/{series}/add", body, key


def live(port: int, cookie: str, requests: Iterator[Request], until: float, keep: Callable[[Answer], None]) -> None:
    """One person: the next question as soon as the last is answered."""
    while time.perf_counter() < until:
        request = next(requests, None)
        if request is None:
            return
        keep(ask(port, cookie, request))


def main() -> None:
    plan = json.load(sys.stdin)
    answers: list[Answer] = []
    until = time.perf_counter() + plan["seconds"]
    people = [
        threading.Thread(
            target=live,
            args=(plan["port"], one["cookie"], reads(one) if "paths" in one else posts(one), until, answers.append),
        )
        for one in plan["people"]
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
