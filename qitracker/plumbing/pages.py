"""What every template may use: dates and numbers in words, addresses of static files, who is reading."""

import hashlib
from collections.abc import MutableMapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request, url_for
from flask.templating import Environment
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader

from qitracker.config import Settings
from qitracker.plumbing import clock


class Templates(Environment):
    """Templates whose names for all pages are one plain dictionary.

    Jinja chains two, and asks the chain at each import which names are new: a form of the design system imports
    a hundred times, which took a seventh of the time of its page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def prepare(app: Flask, settings: Settings) -> None:
    """Set up the templates: our own and the design system's, all of them escaped."""
    folder = Path(app.root_path) / "templates"
    app.jinja_environment = Templates
    app.jinja_options = {
        # The design system's files end in .jinja, which Flask would not escape; and they lean on undefined
        # parameters being quiet, which is why every page of ours is rendered in a test.
        "autoescape": True,
        "undefined": ChainableUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder), PackageLoader("nhsuk_frontend_jinja")])
    app.jinja_env.filters.update(day=day, moment=moment, short_day=short_day, ago=ago, month=month)
    app.jinja_env.globals.update(
        static=lambda name: static(app, name), organisation_name=settings.organisation_name, is_demo=settings.demo
    )


def static(app: Flask, name: str) -> str:
    """The address of a static file, with its version, so that browsers may keep it for good."""
    return url_for("static", filename=name, v=_version(Path(app.root_path) / "static" / name))


@cache
def _version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.exists() else "0"


def day(value: date | datetime | None) -> str:
    """1 March 2025."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return f"{value.day} {value:%B %Y}"


def short_day(value: date | datetime | None) -> str:
    """1 Mar 2025."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return f"{value.day} {value:%b %Y}"


def month(value: date) -> str:
    """March 2025."""
    return f"{value:%B %Y}"


def moment(value: datetime | None) -> str:
    """1 March 2025 at 09:05, as the clock on the wall showed it."""
    if value is None:
        return ""
    here = clock.local(value)
    return f"{here.day} {here:%B %Y} at {here:%H:%M}"


def ago(value: datetime | date | None) -> str:
    """today, yesterday, 5 days ago, 3 weeks ago, 7 months ago."""
    if value is None:
        return "never"
    on = clock.local(value).date() if isinstance(value, datetime) else value
    days = (clock.today() - on).days
    if days <= 0:
        return "today"
    for size, name in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * size:
            return f"{days // size} {name}s ago"
    return "yesterday" if days == 1 else f"{days} days ago"


def is_from_here() -> bool:
    """Whether the form that was sent stood on a page of ours, as far as the browser says.

    Sec-Fetch-Site is W3C Fetch Metadata, Origin RFC 6454; no cookie is needed to read either.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site:
        return site in {"same-origin", "none"}
    return origin is None or urlsplit(origin).netloc == request.host


def typed_fields(form: Any) -> list[tuple[str, str]]:
    """What was typed in a request's form, without passwords and the keys that belong to the machine.

    Nothing of a form that stood on another site: a page that offers to save it would do what that site wanted.
    """
    if not is_from_here():
        return []
    machine = {"csrf_token", "submission", "version", "password", "current"}
    return [(name, value) for name, values in form.lists() for value in values if name not in machine][:500]
