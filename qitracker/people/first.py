"""The first administrator: made by command, on the machine itself. There is no default password."""

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from qitracker.method.roles import Role
from qitracker.models import Unit, UnitKind, db
from qitracker.people import passwords
from qitracker.people.actions import add_person, add_unit, give_role
from qitracker.people.forms import Email
from qitracker.people.queries import person_by_email
from qitracker.plumbing.forms import Form, Needed, Words


class FirstForm(Form):
    """What the command is given, read as the pages read it."""

    organisation = Words("Organisation", [Needed("Enter the organisation's name")], longest=120)
    name = Words("Name", [Needed("Enter the administrator's name")], longest=120)
    email = Email("E-mail address", [Needed("Enter an e-mail address")])


def make_first_administrator(app: Flask, organisation: str, name: str, email: str, password: str) -> str | None:
    """Make the organisation (if it is new) and an administrator of it; the sentence why not, or None.

    A later call for the same organisation adds another administrator: for when the last one cannot get in.
    """
    with app.test_request_context():
        given = MultiDict({"organisation": organisation, "name": name, "email": email})
        form = FirstForm(given, meta={"csrf": False})
        if not form.validate():
            return next(f"{field.label.text}: {field.errors[0]}." for field in form.fields_to_show() if field.errors)
    name, email = form.name.data, form.email.data
    problem = passwords.why_not(password, name=name, email=email)
    if problem:
        return problem
    password_hash = passwords.hashed(password)
    with app.app_context():
        if person_by_email(email):
            return f"{email} has an account already."
        unit = _organisation(form.organisation.data) or add_unit(
            form.organisation.data, UnitKind.ORGANISATION, None, by=None
        )
        person = add_person(name, email, password_hash, by=None)
        give_role(person, Role.ADMINISTRATOR, by=None, unit=unit)
        db.session.commit()
    return None


def _organisation(name: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.kind == UnitKind.ORGANISATION, Unit.name == name).limit(1))
