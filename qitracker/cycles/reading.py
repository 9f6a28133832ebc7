"""The log of a project's cycles, and one cycle as a page."""

import uuid
from typing import Any

from flask import render_template

from qitracker.cycles.cards import card, ramps
from qitracker.cycles.past import told
from qitracker.cycles.queries import cycles_of, events_of, linked_series, ramp_of, series_name
from qitracker.cycles.room import cycles
from qitracker.cycles.values import hints_for, state
from qitracker.cycles.words import counts_in_words, tag_of
from qitracker.method.cycles import CYCLE_KIND_WORDS, DECISION_WORDS, SCALE_WORDS, VERDICT_WORDS
from qitracker.method.ideas import IDEA_STATUS_WORDS
from qitracker.method.roles import Permission
from qitracker.models import Cycle
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing import clock


@cycles.get("/projects/<uuid:project_id>/cycles/")
@needs(Permission.READ_PROJECT)
def log(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    found = cycles_of(project)
    today = clock.today()
    return render_template(
        "cycles/log.html",
        project=project,
        ramps=ramps(found, today),
        counts=counts_in_words((state(cycle, today), cycle.decision) for cycle in found),
        idea_words=IDEA_STATUS_WORDS,
        may_edit=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
    )


@cycles.get("/cycles/<uuid:cycle_id>/")
@needs(Permission.READ_PROJECT)
def show(cycle_id: uuid.UUID) -> Any:
    cycle = scope.find(Cycle, reader(), cycle_id)
    today = clock.today()
    ramp = ramp_of(cycle)
    series = linked_series(cycle)
    return render_template(
        "cycles/show.html",
        project=cycle.project,
        cycle=cycle,
        card=card(cycle, today),
        tag=tag_of(state(cycle, today), cycle.decision),
        hints=hints_for(cycle, ramp),
        ramp=ramp,
        earlier=[one for one in ramp if one.number < cycle.number][-1:],
        later=[one for one in ramp if one.number > cycle.number][:1],
        series=series,
        series_name=series_name(series) if series else "",
        past=told(events_of(cycle)),
        words={
            "kind": CYCLE_KIND_WORDS,
            "scale": SCALE_WORDS,
            "decision": DECISION_WORDS,
            "verdict": VERDICT_WORDS,
            "idea": IDEA_STATUS_WORDS,
        },
        may_edit=scope.may_on(reader(), cycle.project, Permission.EDIT_PROJECT),
    )
