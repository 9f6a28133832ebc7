"""Who may open what: every endpoint has a mark, and every endpoint x role stands in a reviewed table.

`access.csv` is the table. A cell is what the role gets on an open project of its organisation with an id that
exists: ok (anything below 400, or 422: the form was read), 403 or 404. To see the table as it is now:
python -m pytest tests/shape/test_access.py and read the difference it prints.
"""

import csv
import uuid
from pathlib import Path

import pytest

from qitracker.method.roles import Permission
from qitracker.models import db
from qitracker.people.access import OPEN_TO_ALL, SIGNED_IN, need_of
from tests.shape.objects import ids_for

TABLE = Path(__file__).with_name("access.csv")
ACTORS = [
    "anonymous",
    "outsider",
    "partner",
    "executive",
    "staff",
    "coach",
    "hub",
    "manager",
    "member",
    "lead",
    "admin",
]

# Open to people who are not signed in, each with its reason.
OPEN = {
    "people.sign_in": "the way in",
    "people.invitation": "the way in for the first time; the link itself is the key",
    "guide.help": "people need help most when they cannot get in",
    "guide.accessibility": "the law asks for it to be public",
    "guide.privacy": "to be read before signing in",
    "guide.healthz": "asked by the machine that watches the server",
    "guide.readyz": "the same",
}


def endpoints(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_endpoint_says_what_it_needs(app):
    unmarked = [rule.endpoint for rule in endpoints(app) if need_of(app.view_functions[rule.endpoint]) is None]
    assert unmarked == []


def test_only_the_listed_endpoints_are_open_to_all(app):
    found = {rule.endpoint for rule in endpoints(app) if need_of(app.view_functions[rule.endpoint]) == OPEN_TO_ALL}
    assert found == set(OPEN)


def test_an_endpoint_without_a_mark_refuses(app, browser, world):
    def forgotten() -> str:
        return "secret"

    app.view_functions["forgotten"] = forgotten
    rule = app.url_rule_class("/forgotten", endpoint="forgotten", methods=["GET"])
    app.url_map.add(rule)
    try:
        answer = browser(world.admin).get("/forgotten")
        assert answer.status_code == 403
        assert "secret" not in answer.text
    finally:
        app.url_map._rules.remove(rule)
        app.url_map._rules_by_endpoint.pop("forgotten")
        app.url_map._remap = True
        app.view_functions.pop("forgotten")


def test_views_that_take_posts_save_once_and_ask_for_a_change_permission(app):
    not_once = {"people.sign_in", "people.sign_out", "people.invitation", "people.you"}  # they end or start sessions
    for rule in endpoints(app):
        if "POST" in rule.methods and rule.endpoint not in not_once:
            assert getattr(app.view_functions[rule.endpoint], "writes", False), rule.endpoint


def test_every_id_in_an_address_has_its_type(app):
    for rule in endpoints(app):
        for name, converter in rule._converters.items():
            typed = type(converter).__name__ in {"UUIDConverter", "IntegerConverter"}
            assert typed or name in {"step", "to", "token", "on", "picture", "kind", "name", "part"}, (rule.rule, name)


def address(rule, ids):
    values = {name: ids.get((rule.endpoint, name), ids.get(name)) for name in rule.arguments}
    missing = [name for name, value in values.items() if value is None]
    assert not missing, f"tests/shape/objects.py has no id for {missing} of {rule.endpoint}"
    built = rule.build(values, append_unknown=False)
    assert built
    return built[1]


def outcome(status):
    if status in {403, 404}:
        return str(status)
    if status in {302, 303, 200, 204, 409, 422, 400}:
        return "ok"
    return f"unexpected {status}"


def try_out(client, *arguments, **options):
    """A request whose changes are forgotten, so that the next actor finds the same world."""
    db.session.commit()
    kept = db.engine.begin_nested()
    answer = client.open(*arguments, **options)
    db.session.rollback()
    kept.rollback()
    db.session.expire_all()
    return answer


def browsers(app, browser, world):
    """A browser for each actor."""
    return {actor: app.test_client() if actor == "anonymous" else browser(getattr(world, actor)) for actor in ACTORS}


def measured(clients, rule, method, ids):
    """One row of the table: what each actor gets."""
    row = {}
    for actor, client in clients.items():
        answer = try_out(
            client, address(rule, ids), method=method, data={"nothing": "typed"} if method == "POST" else None
        )
        asked = answer.status_code == 401 or "/sign-in" in answer.headers.get("Location", "")
        row[actor] = "sign in" if actor == "anonymous" and asked else outcome(answer.status_code)
    return row


def rows_now(app, browser, world):
    ids = ids_for(world, world.project())
    clients = browsers(app, browser, world)
    found = {}
    for rule in sorted(endpoints(app), key=lambda rule: rule.endpoint):
        if rule.endpoint in {"people.sign_out"}:
            continue
        for method in sorted(rule.methods & {"GET", "POST"}):
            found[(rule.endpoint, method)] = measured(clients, rule, method, ids)
    return found


def test_every_route_and_role_is_as_the_table_says(app, browser, world):
    with TABLE.open() as file:
        expected = {
            (row["endpoint"], row["method"]): {actor: row[actor] for actor in ACTORS} for row in csv.DictReader(file)
        }
    now = rows_now(app, browser, world)
    wrong = {key: (expected.get(key), row) for key, row in now.items() if expected.get(key) != row}
    lines = [",".join((*key, *row[1].values())) for key, row in wrong.items()]
    assert not wrong, "not as reviewed (the lines as they are now):\n" + "\n".join(lines)
    assert set(expected) - set(now) == set(), "in the table, but no longer in the app"


def test_each_thing_of_a_private_project_is_not_found_by_anybody_else(app, browser, world):
    project = world.project("Canary private project", private=True)
    ids = ids_for(world, project, canary="Canary")
    clients = browsers(app, browser, world)
    for rule in endpoints(app):
        if not rule.arguments & {
            "project_id",
            "series_id",
            "cycle_id",
            "idea_id",
            "measure_id",
            "driver_id",
            "word_id",
            "evidence_id",
            "barrier_id",
        }:
            continue
        for method in sorted(rule.methods & {"GET", "POST"}):
            for actor in ("outsider", "executive", "staff", "coach", "hub", "manager", "admin"):
                answer = try_out(clients[actor], address(rule, ids), method=method)
                assert answer.status_code == 404, (rule.endpoint, method, actor, answer.status_code)
                assert "Canary" not in answer.text


def test_ids_that_do_not_exist_are_not_found(app, browser, world):
    world.project()
    for rule in endpoints(app):
        need = need_of(app.view_functions[rule.endpoint])
        client = browser(world.coach if need is Permission.COACH_PROJECT else world.lead)
        uuids = {name for name, kind in rule._converters.items() if type(kind).__name__ == "UUIDConverter"}
        if not uuids or need_of(app.view_functions[rule.endpoint]) is Permission.MANAGE_PEOPLE:
            continue
        numbers = {name for name, kind in rule._converters.items() if type(kind).__name__ == "IntegerConverter"}
        values = {
            name: uuid.uuid4() if name in uuids else (1 if name in numbers else "focus") for name in rule.arguments
        }
        for method in sorted(rule.methods & {"GET", "POST"}):
            built = rule.build(values, append_unknown=False)
            assert client.open(built[1], method=method).status_code == 404, (rule.endpoint, method)


@pytest.mark.parametrize("need", [*Permission, SIGNED_IN])
def test_every_need_is_used_by_some_view(app, need):
    if need is Permission.READ_ORGANISATION:
        return  # asked by scope, not by a view
    used = {need_of(app.view_functions[rule.endpoint]) for rule in endpoints(app)}
    assert need in used
