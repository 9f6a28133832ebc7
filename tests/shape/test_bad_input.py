"""Whatever is typed into whatever form: never an error of ours, and never stored altered."""

import re
from html.parser import HTMLParser

from qitracker.models import db
from tests.shape.objects import ids_for
from tests.shape.test_access import address, endpoints, try_out

NASTY = {
    "a NUL": "a\0b",
    "a broken half of a character": "a\ud800b",
    "characters that reorder the line": "abc\u202etxt\u2066",
    "an infinite number": "1e309",
    "not a number": "nan",
    "infinity": "-inf",
    "a signalling NaN": "sNaN",
    "full-width digits": "１２３",
    "an underscore": "1_000",
    "the year zero": "0000-00-00",
    "the thirtieth of February": "30/02/2025",
    "a far year": "31/12/9999",
    "ten thousand characters": "x" * 10_000,
    "script": "<script>alert(1)</script>{{7*7}}",
    "a quote for SQL": "'; DROP TABLE point; --",
    "a negative number": "-99999999999999999999",
    "spaces alone": " \t\n\u00a0\u200b",
    "percent signs": "%s%n%00",
    "emoji": "👩‍⚕️" * 50,
}


ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class Forms(HTMLParser):
    """The post forms of a page: their address and their fields with the values they came with."""

    def __init__(self, page, text):
        super().__init__()
        self.page, self.found, self._open, self._field = page, [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "form":
            self._open = {} if said.get("method", "").lower() == "post" else None
            if self._open is not None:
                self.found.append((said.get("action") or self.page, self._open))
        elif self._open is not None and tag in {"input", "textarea", "select", "button"} and said.get("name"):
            if said.get("type") in {"radio", "checkbox"} and "checked" not in said:
                self._open.setdefault(said["name"], "")
            else:
                self._open[said["name"]] = said.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None


def all_forms(app, browser, world):
    ids = ids_for(world, world.project())
    found = {}
    for person in (world.lead, world.admin, world.coach, world.hub):
        client = browser(person)
        for rule in endpoints(app):
            if "GET" not in rule.methods:
                continue
            page = address(rule, ids)
            answer = client.get(page)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                for action, fields in Forms(page, answer.text).found:
                    if action != "/sign-out":
                        found.setdefault((action, tuple(sorted(fields))), (client, fields))
    return found


def one_of_each_kind(forms):
    """Without the forms that differ from another by the id in their address alone: a page of people has the same
    three for each person, with the same fields, read by the same view.
    """
    kinds = {(ID.sub("<id>", action), names): (action, names) for action, names in forms}
    return {key: forms[key] for key in kinds.values()}


def test_nonsense_in_every_field_of_every_form_is_never_an_error_of_ours(app, browser, world):
    forms = all_forms(app, browser, world)
    assert len(forms) > 25
    for (action, _), (client, fields) in forms.items():
        assert try_out(client, action, method="POST", data={}).status_code < 500, (action, "nothing at all")
        assert try_out(client, action, method="POST", data=fields).status_code < 500, (action, "as it came")
    kept = {"csrf_token", "submission", "version"}
    typed_into = {key: form for key, form in one_of_each_kind(forms).items() if set(key[1]) - kept}
    assert len(typed_into) > 25
    for what, nasty in NASTY.items():
        typed = nasty.encode("utf-8", "surrogatepass")
        for (action, _), (client, fields) in typed_into.items():
            data = {name: value if name in kept else typed for name, value in fields.items()}
            answer = try_out(client, action, method="POST", data=data)
            assert answer.status_code < 500, (action, what)


def test_nonsense_in_one_field_of_a_form_that_is_otherwise_filled_in(app, browser, world):
    forms = one_of_each_kind(all_forms(app, browser, world))
    for what in ("a NUL", "not a number"):
        for (action, _), (client, fields) in forms.items():
            for field in set(fields) - {"csrf_token"}:
                data = {**{name: value or "1" for name, value in fields.items()}, field: NASTY[what]}
                answer = try_out(client, action, method="POST", data=data)
                assert answer.status_code < 500, (action, field, what)


def test_hidden_columns_cannot_be_set_from_outside(app, browser, world):
    """Every column of every table sent along with every form: nobody's role, owner or organisation changes."""
    extra = {
        "role": "administrator", "organisation_id": str(world.other_hospital.id), "lead_id": str(world.outsider.id),
        "project_id": str(world.hospital.id), "by_id": str(world.outsider.id), "visibility": "private", "is_illustrative": "1",
        "id": str(world.hospital.id), "password_hash": "x", "is_active": "", "person_id": str(world.outsider.id),
    }  # fmt: skip
    project = world.project()
    before = (project.organisation_id, project.lead_id, project.visibility, project.is_illustrative)
    for (action, _), (client, fields) in all_forms(app, browser, world).items():
        if str(project.id) in action and "visibility" not in fields:
            client.post(action, data={**fields, **{name: value for name, value in extra.items() if name not in fields}})
    db.session.refresh(project)
    assert (project.organisation_id, project.lead_id, project.visibility, project.is_illustrative) == before
