"""Projects: mine, all, one."""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from qitracker.method.roles import Permission
from qitracker.people import scope
from qitracker.people.access import needs, signed_in
from qitracker.people.reader import reader

projects = Blueprint("projects", __name__)


@projects.get("/")
@signed_in
def start() -> Any:
    return redirect(url_for("projects.mine"))


@projects.get("/projects/mine")
@signed_in
def mine() -> Any:
    return render_template("projects/mine.html")


@projects.get("/projects/")
@signed_in
def register() -> Any:
    return render_template("projects/mine.html")


@projects.get("/projects/<uuid:project_id>/")
@needs(Permission.READ_PROJECT)
def home(project_id: uuid.UUID) -> Any:
    return render_template("projects/home.html", project=scope.project(reader(), project_id))
