"""The first administrator: made by command, on the machine itself. There is no default password."""

from flask import Flask
from sqlalchemy import select

from qitracker.method.roles import Role
from qitracker.models import Unit, UnitKind, db
from qitracker.people import passwords
from qitracker.people.actions import add_person, add_unit, give_role
from qitracker.people.queries import person_by_email


def make_first_administrator(app: Flask, organisation: str, name: str, email: str, password: str) -> str | None:
    """Make the organisation (if it is new) and an administrator of it; the sentence why not, or None."""
    problem = passwords.why_not(password, name=name, email=email)
    if problem:
        return problem
    password_hash = passwords.hashed(password)
    with app.app_context():
        if person_by_email(email):
            return f"{email} has an account already."
        of_that_name = select(Unit).where(Unit.kind == UnitKind.ORGANISATION, Unit.name == organisation)
        unit = db.session.scalar(of_that_name) or add_unit(organisation, UnitKind.ORGANISATION, None, by=None)
        person = add_person(name, email, password_hash, by=None)
        give_role(person, Role.ADMINISTRATOR, by=None, unit=unit)
        db.session.commit()
    return None
