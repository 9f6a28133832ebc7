"""PDSA cycles: the log, one cycle, and its four parts."""

import uuid
from typing import Any

from flask import Blueprint, redirect, url_for

from qitracker.method.roles import Permission
from qitracker.models import Cycle
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing.saving import writes

cycles = Blueprint("cycles", __name__)


@cycles.get("/projects/<uuid:project_id>/cycles/")
@needs(Permission.READ_PROJECT)
def log(project_id: uuid.UUID) -> Any:
    return scope.project(reader(), project_id).title


@cycles.route("/projects/<uuid:project_id>/cycles/new", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def plan(project_id: uuid.UUID) -> Any:
    return redirect(url_for("cycles.log", project_id=scope.project(reader(), project_id).id), 303)


@cycles.route("/projects/<uuid:project_id>/cycles/quick", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def quick(project_id: uuid.UUID) -> Any:
    return redirect(url_for("cycles.log", project_id=scope.project(reader(), project_id).id), 303)


@cycles.get("/cycles/<uuid:cycle_id>/")
@needs(Permission.READ_PROJECT)
def show(cycle_id: uuid.UUID) -> Any:
    return scope.find(Cycle, reader(), cycle_id).title


@cycles.route("/cycles/<uuid:cycle_id>/plan", methods=["GET", "POST"], endpoint="edit")
@cycles.route("/cycles/<uuid:cycle_id>/do", methods=["GET", "POST"], endpoint="do")
@cycles.route("/cycles/<uuid:cycle_id>/study", methods=["GET", "POST"], endpoint="study")
@cycles.route("/cycles/<uuid:cycle_id>/act", methods=["GET", "POST"], endpoint="act")
@needs(Permission.EDIT_PROJECT)
@writes
def part(cycle_id: uuid.UUID) -> Any:
    return redirect(url_for("cycles.show", cycle_id=scope.find(Cycle, reader(), cycle_id).id), 303)
