"""Projects for a page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from qitracker.method.similar import KnownProject, Match, similar
from qitracker.models import (
    Aim,
    Barrier,
    CoachReview,
    CoachWord,
    Event,
    Evidence,
    Hold,
    Intake,
    Person,
    Project,
    RoleHeld,
    StageMove,
    Standing,
    Unit,
    db,
)
from qitracker.people import scope
from qitracker.people.reader import Reader

PAGE = 50
CARDS = 12  # projects with their picture and next step on one page


def my_projects(reader: Reader, page: int) -> tuple[Sequence[Project], int]:
    """A page of the projects on which this person holds a role, and how many there are: open first, newest first."""
    mine = select(Project).where(Project.id.in_(reader.projects)).options(joinedload(Project.unit))
    ordered = mine.order_by(Project.closed_at.is_not(None), Project.registered_at.desc(), Project.id)
    found = db.session.scalars(ordered.offset((page - 1) * CARDS).limit(CARDS)).all()
    return found, len(reader.projects)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of all projects is narrowed to; '' for everything."""

    words: str = ""
    stage: str = ""
    unit: uuid.UUID | None = None
    state: str = ""  # open, closed


def all_projects(reader: Reader, filters: Filters, page: int) -> tuple[Sequence[Project], int]:
    """A page of all projects this person may see, newest first, and how many there are."""
    query = scope.projects(reader)
    for word in filters.words.lower().split()[:8]:
        found = func.lower(Project.title).contains(word, autoescape=True)
        also = (Project.problem, Project.learnt, Project.closed_why)
        query = query.where(or_(found, *(func.lower(text).contains(word, autoescape=True) for text in also)))
    if filters.stage:
        query = query.where(Project.stage == filters.stage)
    if filters.state:
        query = query.where(Project.closed_at.is_(None) if filters.state == "open" else Project.closed_at.is_not(None))
    if filters.unit:
        below = select(Unit.path).where(Unit.id == filters.unit).scalar_subquery()
        query = query.where(Project.unit_id.in_(select(Unit.id).where(Unit.path.like(below.concat("%")))))
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.options(joinedload(Project.unit), joinedload(Project.lead)).order_by(
        Project.registered_at.desc(), Project.id
    )
    return db.session.scalars(ordered.offset((page - 1) * PAGE).limit(PAGE)).all(), count


def last_and_standing(projects: Sequence[Project]) -> dict[uuid.UUID, tuple[date | None, Standing | None]]:
    """When each project last showed a sign of life, and where it stands as far as that has been worked out."""
    rows = select(Project.id, Standing).outerjoin(Standing, Standing.project_id == Project.id)
    found = db.session.execute(rows.where(Project.id.in_([one.id for one in projects])))
    return {key: (standing.last_life if standing else None, standing) for key, standing in found}


def similar_projects(reader: Reader, title: str, problem: str) -> tuple[Match, ...]:
    """Projects like this one that the person may see, closed ones included."""
    query = scope.projects(reader).with_only_columns(Project.id, Project.title, Project.problem)
    return similar(
        title, problem, (KnownProject(str(key), name, text) for key, name, text in db.session.execute(query))
    )


def evidence_for(project: Project, step: str) -> Sequence[Evidence]:
    rows = select(Evidence).where(Evidence.project_id == project.id, Evidence.step == step)
    return db.session.scalars(rows.order_by(Evidence.at)).all()


def aim_of(project: Project) -> Aim | None:
    return db.session.scalar(select(Aim).where(Aim.project_id == project.id))


def coach_words(project: Project) -> Sequence[CoachWord]:
    """What was said and answered, oldest first."""
    rows = select(CoachWord).where(CoachWord.project_id == project.id).options(joinedload(CoachWord.by))
    return db.session.scalars(rows.order_by(CoachWord.at)).all()


class AtHome(NamedTuple):
    """What a project's home says first: where it stands, what the hub answered, and the project that the answer names,
    if it may be seen. Each None where there is none."""

    standing: Standing | None
    intake: Intake | None
    join: Project | None

    @property
    def last(self) -> date | None:
        """The last sign of life, as the lists of coach and hub count it: a new title is none."""
        return self.standing.last_life if self.standing else None


def at_home(project: Project, reader: Reader) -> AtHome:
    """All of it in one query."""
    this = aliased(Project)
    row = db.session.execute(
        select(Standing, Intake, Project)
        .select_from(this)
        .outerjoin(Standing, Standing.project_id == this.id)
        .outerjoin(Intake, Intake.project_id == this.id)
        .outerjoin(Project, and_(Project.id == Intake.join_id, scope.visible(reader)))
        .where(this.id == project.id)
        .options(joinedload(Intake.by))
    ).one()
    return AtHome(*row)


def events_of(project: Project, before: int | None = None) -> Sequence[Event]:
    """A page of the project's history, newest first; `before` is the id the last page ended with."""
    rows = select(Event).where(Event.project_id == project.id).options(joinedload(Event.by))
    if before:
        rows = rows.where(Event.id < before)
    return db.session.scalars(rows.order_by(Event.id.desc()).limit(PAGE)).all()


def stage_moves(project: Project) -> Sequence[StageMove]:
    return db.session.scalars(select(StageMove).where(StageMove.project_id == project.id).order_by(StageMove.at)).all()


def team_choices(team: Sequence[object]) -> list[tuple[str, str]]:
    """Team members as choices, each once."""
    people = {held.person.id: held.person.name for held in team}  # type: ignore[attr-defined]  # RoleHeld rows
    return [(str(key), name) for key, name in people.items()]


def lead_by_email(email: str, organisation_id: uuid.UUID | None) -> Person | None:
    """Somebody with a role in this organisation, on a place or on a project. Of people who work elsewhere the form does
    not say whether there is an account, and nobody there leads a project unasked."""
    places = select(Unit.id).where(Unit.organisation_id == organisation_id)
    here = select(Project.id).where(Project.organisation_id == organisation_id)
    held = select(RoleHeld.person_id).where(or_(RoleHeld.unit_id.in_(places), RoleHeld.project_id.in_(here)))
    return db.session.scalar(select(Person).where(Person.email == email, Person.is_active, Person.id.in_(held)))


def last_review(project: Project) -> CoachReview | None:
    """The latest coach review, with who wrote it and who does the agreed step."""
    rows = select(CoachReview).where(CoachReview.project_id == project.id)
    people = joinedload(CoachReview.by), joinedload(CoachReview.next_step_owner)
    return db.session.scalar(rows.options(*people).order_by(CoachReview.at.desc()).limit(1))


def open_barriers(project: Project) -> Sequence[Barrier]:
    """What is in the way, oldest first."""
    rows = select(Barrier).where(Barrier.project_id == project.id, Barrier.cleared_at.is_(None))
    return db.session.scalars(rows.order_by(Barrier.at)).all()


def barriers_of(project: Project) -> Sequence[Barrier]:
    """What is and was in the way: open ones first, each oldest first."""
    rows = select(Barrier).where(Barrier.project_id == project.id).options(joinedload(Barrier.by))
    return db.session.scalars(rows.order_by(Barrier.cleared_at.is_not(None), Barrier.at)).all()


def holds_in_force(project: Project, today: date) -> Sequence[Hold]:
    """Pauses and snoozes that hold today, the latest first."""
    rows = select(Hold).where(Hold.project_id == project.id, Hold.ended_at.is_(None), Hold.since <= today)
    people = joinedload(Hold.by), joinedload(Hold.restarts)
    return db.session.scalars(rows.where(Hold.until > today).options(*people).order_by(Hold.at.desc())).all()


def people_choices(team: Sequence[RoleHeld]) -> list[tuple[str, str]]:
    """Team members who work here, as choices, each once."""
    return team_choices([held for held in team if held.person.is_active])
