"""The application, put together."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from qitracker.coaching.views import coaching
from qitracker.config import Settings
from qitracker.cycles.views import cycles
from qitracker.drivers.views import drivers
from qitracker.feeds.views import feeds
from qitracker.guide.views import guide
from qitracker.hub.views import hub
from qitracker.jobs.views import jobs
from qitracker.letters.views import letters
from qitracker.measures.views import measures
from qitracker.method.roles import Permission
from qitracker.people import access, sessions
from qitracker.people.administration import administration
from qitracker.people.scope import OF_ADDRESS
from qitracker.people.team import team
from qitracker.people.views import ask_to_sign_in, people
from qitracker.plumbing import clock, database, errors, pages, safety, saving
from qitracker.projects import adopting, aim, barriers, closing, history, home, pausing, scoring, steps
from qitracker.projects.views import projects
from qitracker.standing.keeping import keep_touched

# Further pages of the blueprint projects: importing them is what counts.
WITH_ROUTES = (adopting, aim, barriers, closing, history, home, pausing, scoring, steps)
ROOMS = (people, administration, team, guide, projects, feeds, cycles, measures, drivers, coaching, hub, letters, jobs)


OF_PROJECT = {"project_id", *OF_ADDRESS}  # what an address inside a project names


def create_app(settings: Settings, *, reading: Callable[[], datetime] | None = None) -> Flask:
    """The app for these settings; `reading` is the clock of a test."""
    app = Flask("qitracker")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-qitracker" if settings.secure_cookies else "qitracker",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=settings.upload_bytes + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=6 * 1024 * 1024,  # a paste of 20,000 rows
        MAX_FORM_PARTS=1000,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a ward's page stays open through a shift
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.proxies] * 3)  # type: ignore[method-assign]  # as Flask's manual says
    clock.install(app, settings.time_zone, reading)
    pages.prepare(app, settings)
    safety.install(app, secure=settings.secure_cookies)
    errors.install(app)
    database.install(app, settings.database_url)
    sessions.install(app, settings, ask_to_sign_in)
    access.install(app)
    saving.install(app, keep_touched)
    CSRFProtect(app)
    for room in ROOMS:
        app.register_blueprint(room)
    app.jinja_env.globals.update(main_navigation=main_navigation, Permission=Permission)
    return app


def main_navigation() -> list[dict[str, Any]]:
    """The main navigation for whoever is reading: only what they can open."""
    items = [("My projects", "projects.mine", True), ("All projects", "projects.register", True)]
    items.append(("Coaching", "coaching.mine", current_user.may_somewhere(Permission.COACH_PROJECT)))
    reads_hub = current_user.may_somewhere(Permission.READ_HUB)
    items.append(("Improvement hub", "hub.home", reads_hub))
    items.append(("What is working", "hub.working", not reads_hub))
    items.append(("People", "administration.everyone", current_user.may_somewhere(Permission.MANAGE_PEOPLE)))
    runs = current_user.may_somewhere(Permission.RUN_HUB) or current_user.may_somewhere(Permission.MANAGE_PEOPLE)
    items.append(("Jobs", "jobs.page", runs))
    items.append(("Help", "guide.help", True))
    here = request.endpoint or ""
    of_coach = here.startswith("coaching.") and current_user.may_somewhere(Permission.COACH_PROJECT)
    of_hub = here.startswith("hub.") and reads_hub
    is_inside = bool(OF_PROJECT & set(request.view_args or {})) and not of_coach and not of_hub
    return [
        {
            "label": label,
            "address": url_for(endpoint),
            "is_exact": endpoint == here,
            "is_here": endpoint == here
            or (endpoint == "projects.mine" and is_inside)
            or (endpoint == "hub.home" and of_hub)
            or (endpoint == "coaching.mine" and of_coach),
        }
        for label, endpoint, may in items
        if may
    ]
