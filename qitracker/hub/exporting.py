"""The list as a file: every project that the filters name, in the order of the list, in columns for a spreadsheet."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qitracker.hub import reach
from qitracker.hub.filters import Filters, condition
from qitracker.hub.glance import Glance, glances
from qitracker.hub.listing import needs_most, rows_of, stage_moved
from qitracker.letters.writing import address_of
from qitracker.models import Project, Standing, db
from qitracker.people.reader import Reader
from qitracker.plumbing import clock
from qitracker.plumbing.reading.csv_out import Cell, csv_text

BLOCK = 250
"""Projects read at a time, so that a large file does not fill the memory. Ours."""

HEADER = (
    "project", "place", "programme", "level", "stage", "days_in_stage", "state", "since", "reasons",
    "days_since_activity", "score_team", "score_coach", "score_suggested", "aim_from", "aim_now", "aim_to",
    "chart_says",
    "last_number", "number_due", "pdsa", "pdsa_last", "pdsa_open", "pdsa_to_study",
    "next_step", "next_step_owner", "next_step_on",
    "lead", "coach", "sponsor", "last_review", "in_the_way", "registered", "closed", "address",
)  # fmt: skip


def csv_of(reader: Reader, filters: Filters, today: date) -> str:
    """The file as text."""
    return csv_text(HEADER, _rows(reader, filters, today))


def _rows(reader: Reader, filters: Filters, today: date) -> Iterator[Sequence[Cell]]:
    narrowed = (
        select(Project.id)
        .outerjoin(Standing, Standing.project_id == Project.id)
        .where(reach.within(reader), condition(filters, today))
        .order_by(*needs_most())
    )
    ids: Sequence[uuid.UUID] = db.session.scalars(narrowed).all()
    for first in range(0, len(ids), BLOCK):
        some = ids[first : first + BLOCK]
        query: Any = (
            select(Project, Standing, stage_moved())
            .outerjoin(Standing, Standing.project_id == Project.id)
            .where(Project.id.in_(some))
            .options(joinedload(Project.unit), joinedload(Project.lead), joinedload(Project.programme))
            .order_by(*needs_most())
        )
        for one in glances(rows_of(db.session.execute(query).all(), today), today):
            yield _cells(one)
        db.session.expunge_all()


def _cells(one: Glance) -> Sequence[Cell]:
    row, project, step = one.row, one.row.project, one.next_step
    scores = {score.whose: score.value for score in one.scores}
    return (
        project.title, project.unit.name, project.programme.name if project.programme else "", project.level.value,
        row.stage, row.days_in_stage, row.state_name, row.standing.since if row.standing else None,
        " ".join(str(reason.get("sentence", "")) for reason in row.reasons) or row.sentence, row.idle_days,
        scores.get("Team"), scores.get("Coach"), scores.get("Suggested"), *one.aim,
        row.said.finding.short if row.said else "", one.last_number, one.number_due, one.tests.n, one.tests.last,
        one.tests.n_open, one.tests.n_to_study,
        step.text if step else "", step.owner if step else "", step.on if step else None,
        project.lead.name if project.lead and project.lead.is_active else "",
        ", ".join(row.coaches), ", ".join(row.sponsors),
        row.standing.last_review if row.standing else None, one.blocker,
        clock.local(project.registered_at).date(),
        clock.local(project.closed_at).date() if project.closed_at else None, address_of(f"/projects/{project.id}/"),
    )  # fmt: skip
