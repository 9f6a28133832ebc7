"""Change ideas as a list: captured in one line, counted by status, weighed in a picture."""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for

from qitracker.charts.impact_effort import Scored, impact_effort
from qitracker.drivers import queries
from qitracker.drivers.actions import capture_idea
from qitracker.drivers.forms import CaptureForm
from qitracker.drivers.room import drivers
from qitracker.drivers.states import STATUS_TONES, TAG_CLASSES, CycleSeen
from qitracker.drivers.words import count
from qitracker.method.ideas import IDEA_STATUS_WORDS, QUADRANT_WORDS, IdeaStatus, QuadrantWords, quadrant_of
from qitracker.method.roles import Permission
from qitracker.models import Idea, Project
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.pages import day
from qitracker.plumbing.saving import writes

NO_DRIVER = "no-driver"


@drivers.get("/projects/<uuid:project_id>/ideas/")
@needs(Permission.READ_PROJECT)
def ideas(project_id: uuid.UUID) -> Any:
    return _page(scope.project(reader(), project_id), CaptureForm(), 200)


@drivers.post("/projects/<uuid:project_id>/ideas/")
@needs(Permission.CAPTURE_IDEA)
@writes
def capture(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    form = CaptureForm()
    if not form.is_ready():
        return _page(project, form, 422)
    idea = capture_idea(project, form.text.data, by=reader())
    flash(f"Saved: {idea.text}", "done")
    return go(url_for("drivers.ideas", project_id=project.id, another="yes"))


@dataclass(frozen=True, slots=True)
class Line:
    """One idea in the list. `number` counts all ideas of the project in the order they came."""

    number: int
    idea: Idea
    drivers: tuple[str, ...]
    cycles: tuple[CycleSeen, ...]

    @property
    def tag(self) -> tuple[str, str]:
        """The status in words, and its colour."""
        return IDEA_STATUS_WORDS[self.idea.status], TAG_CLASSES[STATUS_TONES[self.idea.status]]

    @property
    def facts(self) -> list[str]:
        """Who had it and when, who looks after it, how it was weighed, what it is for: a sentence each."""
        idea, found = self.idea, [f"{self.idea.by.name}, {day(self.idea.at)}."]
        if idea.owner:
            found.append(f"Looked after by {idea.owner.name}.")
        if self.quadrant:
            found.append(f"{self.quadrant.name}: impact {idea.impact}, effort {idea.effort}.")
        if idea.can_test_now:
            found.append("Can be tested this week.")
        found.append(f"For: {'; '.join(self.drivers)}." if self.drivers else "No driver yet.")
        return found

    @property
    def quadrant(self) -> QuadrantWords | None:
        if self.idea.impact is None or self.idea.effort is None:
            return None
        return QUADRANT_WORDS[quadrant_of(self.idea.impact, self.idea.effort)]


def _page(project: Project, form: CaptureForm, status: int) -> Any:
    wanted = request.args.get("show", "")
    if wanted and wanted != NO_DRIVER and wanted not in set(IdeaStatus):
        abort(404)
    lines = _lines(project)
    counts = Counter(line.idea.status.value for line in lines)
    shown = [line for line in lines if not wanted or wanted == _show(line) or wanted == line.idea.status]
    html = render_template(
        "drivers/ideas.html",
        project=project,
        form=form,
        lines=shown[::-1],
        total=len(lines),
        wanted=wanted,
        filters=[
            ("", "All", len(lines)),
            *((one.value, IDEA_STATUS_WORDS[one], counts[one.value]) for one in IdeaStatus if counts[one.value]),
            (NO_DRIVER, "No driver yet", sum(not line.drivers for line in lines)),
        ],
        picture=_picture(shown),
        quadrants=QUADRANT_WORDS.values(),
        may_capture=scope.may_on(reader(), project, Permission.CAPTURE_IDEA),
        focus=request.args.get("another") == "yes" or bool(form.errors or form.warnings),
        stays=project.stage == "understand",
    )
    return make_response(html, status)


def _show(line: Line) -> str:
    return "" if line.drivers else NO_DRIVER


def _lines(project: Project) -> list[Line]:
    """All ideas of the project, oldest first."""
    names = {driver.id: driver.text for driver in queries.drivers_of(project)}
    above: dict[uuid.UUID, list[str]] = {}
    for link in queries.links_of(project):
        if link.below_idea_id:
            above.setdefault(link.below_idea_id, []).append(names[link.driver_id])
    cycles = queries.cycles_by_idea(project, clock.today())
    by_age = sorted(queries.ideas_of(project), key=lambda idea: (idea.at, idea.position, idea.id))
    return [
        Line(number, idea, tuple(sorted(above.get(idea.id, ()))), cycles.get(idea.id, ()))
        for number, idea in enumerate(by_age, start=1)
    ]


def _picture(lines: list[Line]) -> str:
    """The ideas shown by impact and effort, '' while none has both."""
    scored = [
        Scored(line.number, line.idea.text, line.idea.impact, line.idea.effort)
        for line in lines
        if line.idea.impact is not None and line.idea.effort is not None
    ]
    if not scored:
        return ""
    said = count(len(scored), "idea", "ideas")
    return impact_effort(scored, label=f"Impact and effort of {said}. The list has each one's scores.")
