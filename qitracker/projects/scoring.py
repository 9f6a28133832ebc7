"""The progress score of a project: three side by side, why not higher yet, and the team's own."""

import uuid
from typing import Any

from flask import flash, make_response, render_template, url_for

from qitracker.method.facts import ProjectFacts
from qitracker.method.roles import Permission
from qitracker.method.score import SCALE
from qitracker.models import Project, Scorer
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes
from qitracker.projects.addresses import criterion_address
from qitracker.projects.score_chart import LINES, score_chart, steps_of
from qitracker.projects.scores import scores_of
from qitracker.projects.supporting import give_score
from qitracker.projects.supporting_forms import TeamScoreForm
from qitracker.projects.views import projects
from qitracker.standing.facts import facts_of, gather
from qitracker.standing.numbers import settings_of


@projects.get("/projects/<uuid:project_id>/score")
@needs(Permission.READ_PROJECT)
def score(project_id: uuid.UUID) -> Any:
    return _page(scope.project(reader(), project_id), TeamScoreForm(formdata=None), 200)


@projects.post("/projects/<uuid:project_id>/score")
@needs(Permission.EDIT_PROJECT)
@writes
def give_team_score(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    form = TeamScoreForm()
    if not form.is_ready():
        return _page(project, form, 422)
    given = give_score(project, Scorer.TEAM, int(form.score.data), form.why.data, by=reader())
    flash(f"Your team says {given.value:.1f}. Your coach sees it beside their own.", "done")
    return go(url_for("projects.score", project_id=project.id))


def _page(project: Project, form: TeamScoreForm, status: int) -> Any:
    today = clock.today()
    facts: ProjectFacts = facts_of(gather([project])[project.id], today)
    scores = scores_of(project, facts, today, settings_of({project.organisation_id})[project.organisation_id])
    html = render_template(
        "projects/score.html",
        project=project,
        form=form,
        scores=scores,
        lacking=[
            (reason.sentence, criterion_address(reason.code, project)) for reason in scores.suggestion.why_not_higher
        ],
        next_value=min(scores.suggestion.value + 0.5, SCALE[-1].value),
        scale=SCALE,
        chart=score_chart(scores.given, today),
        lines=steps_of(scores.given),
        names={scorer: name for scorer, (name, _, _) in LINES.items()},
        may_edit=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
    )
    return make_response(html, status)
