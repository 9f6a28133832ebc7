"""What holds for every answer: headers, no write on a read, a token on every form, one h1, nothing undefined."""

import re

import pytest
from sqlalchemy import event

from qitracker.method.roles import Permission
from qitracker.models import db
from qitracker.people.access import need_of
from qitracker.plumbing.safety import HEADERS
from tests.shape.objects import ids_for
from tests.shape.test_access import address, endpoints


def somebody_who_may(world, need):
    who = {Permission.MANAGE_PEOPLE: world.admin, Permission.COACH_PROJECT: world.coach}
    who |= dict.fromkeys((Permission.READ_HUB, Permission.RUN_HUB), world.hub)
    return who.get(need, world.lead)


def pages(app):
    return [rule for rule in endpoints(app) if "GET" in rule.methods]


@pytest.mark.parametrize(
    "path", ["/sign-in", "/nowhere", "/projects/mine", "/static/qitracker.css", "/static/nowhere.css", "/people/"]
)
def test_every_answer_carries_the_safety_headers(client, path):
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers or "HttpOnly" in answer.headers["Set-Cookie"]
    answer.close()


def test_an_error_page_carries_them_too_and_tells_nothing(app, browser, world, monkeypatch):
    def broken(*_arguments: object) -> None:
        raise RuntimeError("SELECT secret FROM somewhere")

    monkeypatch.setattr("qitracker.projects.queries.my_projects", broken)
    answer = browser(world.lead).get("/projects/mine")
    assert answer.status_code == 500
    assert answer.headers["Content-Security-Policy"]
    assert "secret" not in answer.text
    assert "Something went wrong on our side" in answer.text


def test_reading_never_writes(app, browser, world):
    project = world.project()
    ids = ids_for(world, project)
    client = browser(world.lead)
    written = []

    def watch(_connection, _cursor, statement, *_rest):
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", statement):
            written.append(statement)

    rules = [rule for rule in pages(app) if not rule.endpoint.startswith("administration")]
    for rule in rules:
        ids_for(world, project)
        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", watch)
        try:
            client.get(address(rule, ids))
        finally:
            event.remove(db.engine, "before_cursor_execute", watch)
        assert written == [], rule.endpoint


def test_every_page_has_one_heading_a_title_and_nothing_inline(app, browser, world):
    project = world.project()
    ids = ids_for(world, project)
    client = browser(world.lead)
    for rule in pages(app):
        answer = client.get(address(rule, ids))
        if answer.mimetype != "text/html" or answer.status_code >= 300:
            continue
        assert len(re.findall(r"<h1[ >]", answer.text)) == 1, rule.endpoint
        assert re.search(r"<title>\s*\S.* – QI tracker</title>", answer.text), rule.endpoint
        assert not re.search(r"<[^>]+ style=", answer.text), rule.endpoint
        assert not re.search(r"<script(?![^>]*src=)(?![^>]*application/json)[^>]*>", answer.text), rule.endpoint
        assert not re.search(r" on(click|load|error|change)=", answer.text), rule.endpoint
        assert "Undefined" not in answer.text, rule.endpoint


def test_every_form_needs_its_token(app, browser, world):
    project = world.project()
    ids = ids_for(world, project)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for rule in endpoints(app):
            if "POST" in rule.methods:
                person = somebody_who_may(world, need_of(app.view_functions[rule.endpoint]))
                answer = browser(person).post(address(rule, ids), data={"text": "what was typed"})
                assert answer.status_code == 400, rule.endpoint
                assert "open too long" in answer.text
                assert "what was typed" in answer.text
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_every_post_form_on_a_page_carries_a_token(app, browser, world):
    project = world.project()
    ids = ids_for(world, project)
    for person in (world.lead, world.admin, world.coach):
        client = browser(person)
        for rule in pages(app):
            answer = client.get(address(rule, ids))
            if answer.mimetype != "text/html":
                continue
            for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", answer.text, re.S):
                assert 'name="csrf_token"' in form, rule.endpoint


def test_a_flood_of_fields_and_a_huge_body_are_refused(browser, world):
    client = browser(world.lead)
    assert client.post("/projects/new", data={f"f{n}": "x" for n in range(60_000)}).status_code == 413
    assert client.post("/projects/new", data={"problem": "x" * 31_000_000}).status_code == 413
