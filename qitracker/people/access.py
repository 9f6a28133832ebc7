"""Each view says what it needs; one that says nothing answers nobody."""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, current_app, g, request
from flask_login import current_user

from qitracker.method.roles import Permission
from qitracker.people import scope
from qitracker.people.reader import reader
from qitracker.plumbing.database import asking

View = Callable[..., Any]
OPEN_TO_ALL = "open to all"
SIGNED_IN = "signed in"


def needs(permission: Permission) -> Callable[[View], View]:
    """The view is for people who hold this permission somewhere; scope.find asks again for the object itself."""
    return _mark(permission)


def signed_in(view: View) -> View:
    """The view is for everyone who is signed in, and shows only what is theirs."""
    return _mark(SIGNED_IN)(view)


def open_to_all(view: View) -> View:
    """The view is for people who are not signed in. Kept few: tests/shape lists each with its reason."""
    return _mark(OPEN_TO_ALL)(view)


def _mark(need: Permission | str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.need = need  # type: ignore[attr-defined]  # a function may carry attributes; mypy does not know which
        return view

    return mark


def need_of(view: View | None) -> Permission | str | None:
    return getattr(view, "need", None)


def install(app: Flask) -> None:
    """Ask before each request. Static files are open; all else says what it needs or is refused."""

    @app.before_request
    def deny_by_default() -> Any:
        if request.endpoint is None or request.endpoint == "static":
            return None
        need = need_of(current_app.view_functions[request.endpoint])
        if need == OPEN_TO_ALL:
            return None
        with asking():
            is_there = current_user.is_authenticated
        if not is_there:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # put there by Flask-Login
        if need is None:
            abort(403)
        g.need = need
        if isinstance(need, Permission) and not current_user.may_somewhere(need):
            # Nobody learns from a refusal that something exists which they may not see.
            abort(403 if scope.is_seen(reader(), request.view_args or {}) else 404)
        return None
