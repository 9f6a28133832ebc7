"""A project's home: aim, stage bar, where it stands, the one next thing, the steps, the chart, coach and team.

Where it stands is what each write and each night have kept (docs/adr/0007): the page says what the lists say.
"""

import uuid
from typing import Any

from flask import render_template

from qitracker.findings import aim_parts, picture_of
from qitracker.method.aims import sentence
from qitracker.method.methods import METHODS
from qitracker.method.next_card import next_card
from qitracker.method.readiness import gate, why_not_ready
from qitracker.method.roles import ROLES, Permission, Role
from qitracker.method.stalled.closing import CLOSINGS, ClosingReason
from qitracker.method.stalled.values import STATES
from qitracker.method.steps import STEP_STATUS_WORDS, stage_summary, stages_in_order_of_use, status_of
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing import clock
from qitracker.projects import queries
from qitracker.projects.addresses import address_of, reason_link
from qitracker.projects.barriers import next_steps
from qitracker.projects.intake import words_of
from qitracker.projects.scores import score_line
from qitracker.projects.views import projects
from qitracker.standing.facts import facts_of, gather_work, progress_from
from qitracker.standing.keeping import of_today
from qitracker.standing.stored import standing_from


@projects.get("/projects/<uuid:project_id>/")
@needs(Permission.READ_PROJECT)
def home(project_id: uuid.UUID) -> Any:
    """One page for team, coach and whoever looks in."""
    project = scope.project(reader(), project_id)
    today = clock.today()
    one = gather_work([project])[project.id]
    facts = facts_of(one, today)
    kept = queries.at_home(project, reader())
    row = of_today(kept.standing, one, today)
    standing = standing_from(row)
    method = METHODS[project.method]
    card = next_card(facts, today)
    said = one.said
    aim_said = said if one.aim and one.headline and one.aim.series_id == one.headline.id else None
    review = one.review
    return render_template(
        "projects/home.html",
        project=project,
        one=one,
        facts=facts,
        method=method,
        said=said,
        picture=picture_of(said) if said else "",
        card=card,
        card_address=address_of(card, project.id),
        aim=sentence(aim_parts(one.aim)) if one.aim else "",
        progress=progress_from(one.aim, aim_said.analysis if aim_said else None, today) if one.aim else None,
        summaries=stage_summary(method, facts.statuses, project.stage),
        ordered=stages_in_order_of_use(method, project.stage),
        status_of=status_of,
        words=STEP_STATUS_WORDS,
        lacking={step.key: why_not_ready(step, facts) for _, step in method.steps()},
        gate=gate(method.stage(project.stage), facts),
        stage_after=method.stage_after(project.stage),
        last=kept.last,
        standing=standing,
        state=STATES[standing.state],
        reasons=[(reason, *reason_link(reason, project.id)) for reason in standing.reasons],
        barriers=queries.open_barriers(project),
        review=review,
        stuck=next_steps(project, review.stuck_on) if review else None,
        scores=score_line(row),
        is_score_asked=row.asks_score,
        intake=words_of(kept.intake, kept.join),
        closing=CLOSINGS[ClosingReason(project.closing)] if project.closing else None,
        roles=ROLES,
        Role=Role,
        may_edit=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
        may_coach=scope.may_on(reader(), project, Permission.COACH_PROJECT),
        may_adopt=scope.may_on(reader(), project, Permission.REGISTER_PROJECT),
        may_capture=scope.may_on(reader(), project, Permission.CAPTURE_IDEA),
        key=str(uuid.uuid4()),
        professions=sorted({held.profession for held in one.team if held.profession}),
    )
