"""Signing in and out, and one's own account."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, request, session, url_for
from flask_login import current_user

from qitracker.models import Person, db
from qitracker.people import passwords, sessions, throttle
from qitracker.people.access import open_to_all, signed_in
from qitracker.people.actions import accept, forget_old_submissions, set_password
from qitracker.people.forms import ChangePasswordForm, NewPasswordForm, SignInForm
from qitracker.people.queries import person_by_email, usable_invitation
from qitracker.people.reader import reader
from qitracker.people.sessions import go, sign_in_address
from qitracker.plumbing import clock
from qitracker.plumbing.database import let_go
from qitracker.plumbing.pages import is_from_here, typed_fields
from qitracker.plumbing.saving import settle

people = Blueprint("people", __name__)
WRONG = "The e-mail address or the password is not right"
TOO_MANY = "Too many tries. Wait 15 minutes, then try again"


@people.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> Any:
    form = SignInForm(next=request.args.get("next", ""))
    if current_user.is_authenticated and request.method == "GET":
        return go(sign_in_address(form.next.data))
    if not form.validate_on_submit():
        return _sign_in_page(form, 422 if form.is_submitted() else 200)
    address = request.remote_addr or ""
    if throttle.is_too_many(form.email.data, address, clock.now()):
        form.password.errors = [TOO_MANY]
        return _sign_in_page(form, 429)
    person = person_by_email(form.email.data)
    known = (person.id, person.password_hash) if person and person.is_active else None
    let_go()
    is_right = passwords.is_right(form.password.data, known[1] if known else None)
    throttle.note(form.email.data, address, clock.now(), succeeded=is_right)
    if not (is_right and known):
        db.session.commit()
        form.password.errors = [WRONG]
        return _sign_in_page(form, 422)
    kept = session_kept()
    sessions.start(db.session.get_one(Person, known[0]))
    forget_old_submissions()
    db.session.commit()
    if kept:
        return make_response(render_template("people/kept.html", kept=kept, address=sign_in_address(form.next.data)))
    return go(sign_in_address(form.next.data or ""))


def session_kept() -> list[tuple[str, str]]:
    """What had been typed when the session ran out, carried through the sign-in form."""
    return [
        (name.removeprefix("kept-"), value) for name, value in typed_fields(request.form) if name.startswith("kept-")
    ]


def _sign_in_page(form: SignInForm, status: int, kept: list[tuple[str, str]] | None = None) -> Response:
    kept = session_kept() if kept is None else kept
    html = render_template("people/sign_in.html", form=form, kept=kept)
    return make_response(html, status)


def ask_to_sign_in() -> Response:
    """For whoever is not signed in. A form that was on its way waits on the sign-in page, nothing typed is lost."""
    if request.method != "POST":
        return go(url_for("people.sign_in", next=request.full_path.rstrip("?") if request.path != "/" else None))
    if request.endpoint == "people.sign_out":  # signed out already: there is nothing to come back to
        return go(url_for("people.sign_in"))
    if not is_from_here():  # a browser sends no cookie with it: whoever is signed in stays so, and nothing is set here
        return go(url_for("people.sign_in"))
    form = SignInForm(formdata=None, next=request.path)
    kept = typed_fields(request.form)
    for name in ("submission", "version"):
        if request.form.get(name):
            kept.append((name, request.form[name]))
    return _sign_in_page(form, 401, kept)


@people.route("/sign-out", methods=["POST"])
@signed_in
def sign_out() -> Any:
    sessions.end(reader().sign_in)
    db.session.commit()
    session.clear()
    flash("You are signed out.", "done")
    return go(url_for("people.sign_in"))


@people.route("/invitations/<token>", methods=["GET", "POST"])
@open_to_all
def invitation(token: str) -> Any:
    found = usable_invitation(token)
    if found is None:
        return make_response(render_template("people/no_invitation.html"), 404)
    form = NewPasswordForm()
    good = form.validate_on_submit() and form.check(name=found.name, email=found.email)
    if not good:
        return make_response(
            render_template("people/invitation.html", form=form, invitation=found), 422 if form.is_submitted() else 200
        )
    let_go()
    password_hash = passwords.hashed(form.password.data)
    found = usable_invitation(token)
    if found is None:  # used in another tab while the password was being hashed
        return make_response(render_template("people/no_invitation.html"), 404)
    sessions.start(accept(found, password_hash))
    settle()  # somebody has joined: the project may have a lead again
    db.session.commit()
    flash("Your account is ready.", "done")
    return go(url_for("projects.start"))


@people.route("/you", methods=["GET", "POST"])
@signed_in
def you() -> Any:
    me = reader()
    form = ChangePasswordForm()
    if not (form.validate_on_submit() and form.check(name=me.name, email=me.email)):
        return make_response(render_template("people/you.html", form=form, me=me), 422 if form.is_submitted() else 200)
    address = request.remote_addr or ""
    if throttle.is_too_many(me.email, address, clock.now()):
        form.current.errors = [TOO_MANY]
        return make_response(render_template("people/you.html", form=form, me=me), 429)
    stored = db.session.get_one(Person, me.id).password_hash
    let_go()
    is_right = passwords.is_right(form.current.data, stored)
    throttle.note(me.email, address, clock.now(), succeeded=is_right)
    db.session.commit()
    if not is_right:
        form.current.errors = ["This is not your current password"]
        return make_response(render_template("people/you.html", form=form, me=me), 422)
    password_hash = passwords.hashed(form.password.data)
    person = db.session.get_one(Person, me.id)
    set_password(person, password_hash, by=me)
    sessions.start(person)
    db.session.commit()
    flash("Your password is changed. Other browsers are signed out.", "done")
    return go(url_for("people.you"))
