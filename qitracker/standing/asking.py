"""The questions to the database behind the facts, each for many projects at once.

Made once, when the program starts: to put a question together costs more than to have it answered, and these are asked
in the transaction of each write, while everybody else waits to write.
"""

from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, undefer

from qitracker.method.measures import MeasureKind
from qitracker.models import (
    Aim,
    Barrier,
    CoachReview,
    CoachWord,
    Cycle,
    CycleQuestion,
    CycleTask,
    Driver,
    DriverLink,
    Event,
    Evidence,
    Hold,
    Idea,
    KnownFacts,
    Measure,
    ProgressScore,
    Project,
    RoleHeld,
    Scorer,
    Series,
    StageMove,
    Standing,
    StandingChange,
    StepEntry,
)

IDS: BindParameter[Any] = bindparam("ids", expanding=True)

# One step into the index for each project, however many reviews, moves or changes it has had.
_REVIEWS_OF_ONE = select(CoachReview.id).where(CoachReview.project_id == Project.id).correlate(Project)
_LAST_REVIEW = _REVIEWS_OF_ONE.order_by(CoachReview.at.desc()).limit(1).scalar_subquery()
_LAST_MOVE = select(func.max(StageMove.at)).where(StageMove.project_id == Project.id).correlate(Project)

# What a project has one of: its aim, its latest review, its latest move to another stage.
SINGLE = (
    select(Project.id, Aim, CoachReview, _LAST_MOVE.scalar_subquery())
    .outerjoin(Aim, Aim.project_id == Project.id)
    .outerjoin(CoachReview, CoachReview.id == _LAST_REVIEW)
    .where(Project.id.in_(IDS))
    .options(joinedload(CoachReview.by), joinedload(CoachReview.next_step_owner))
)
STEPS = select(StepEntry).where(StepEntry.project_id.in_(IDS))
EVIDENCE = (
    select(Evidence.project_id, Evidence.step, func.count())
    .where(Evidence.project_id.in_(IDS))
    .group_by(Evidence.project_id, Evidence.step)
)
TEAM = select(RoleHeld).where(RoleHeld.project_id.in_(IDS)).options(joinedload(RoleHeld.person))

# In the order they speak for a project: outcome first, then as the team put them.
_ORDER = case({kind: place for place, kind in enumerate(MeasureKind)}, value=Measure.kind)
SERIES = (
    select(Series)
    .join(Measure, Measure.id == Series.measure_id)
    .where(Series.project_id.in_(IDS))
    .options(joinedload(Series.measure), undefer(Series.analysis))
    .order_by(_ORDER, Measure.position, Series.position, Measure.made_at, Measure.name)
)
IDEAS = select(Idea).where(Idea.project_id.in_(IDS)).order_by(Idea.at)

_ASKED = CycleQuestion.cycle_id == Cycle.id
CYCLES = (
    select(
        Cycle,
        exists().where(_ASKED, CycleQuestion.prediction != ""),
        select(func.count()).select_from(CycleQuestion).where(_ASKED).scalar_subquery(),
        exists().where(CycleTask.cycle_id == Cycle.id),
    )
    .where(Cycle.project_id.in_(IDS))
    .order_by(Cycle.number)
)
DRIVERS = select(Driver, exists().where(DriverLink.driver_id == Driver.id)).where(Driver.project_id.in_(IDS))

WORDS = select(CoachWord).where(CoachWord.project_id.in_(IDS)).order_by(CoachWord.at).options(joinedload(CoachWord.by))
BARRIERS = select(Barrier).where(Barrier.project_id.in_(IDS), Barrier.cleared_at.is_(None)).order_by(Barrier.at)
SCORES = (
    select(ProgressScore.project_id, ProgressScore.scorer, ProgressScore.tenths, ProgressScore.on, ProgressScore.why)
    .where(ProgressScore.project_id.in_(IDS))
    .order_by(ProgressScore.at)
)
HOLDS = select(Hold).where(Hold.project_id.in_(IDS)).order_by(Hold.at).options(joinedload(Hold.restarts))

# The last day of each kind of life, from one covering index.
LIVED = (
    select(Event.project_id, Event.life, func.max(Event.at))
    .where(Event.project_id.in_(IDS), Event.life.is_not(None))
    .group_by(Event.project_id, Event.life)
)
ROLES_ENDED = (
    select(Event.project_id, Event.at, Event.old)
    .where(Event.project_id.in_(IDS), Event.noun == "role", Event.verb == "removed")
    .order_by(Event.id)
)


TOLD = (
    select(Event.noun, Event.noun_id, Event.at, Event.new)
    .where(
        or_(
            and_(Event.noun == "aim", Event.noun_id.in_(bindparam("aim", expanding=True))),
            and_(Event.noun == "cycle", Event.noun_id.in_(bindparam("cycle", expanding=True))),
            and_(Event.noun == "person", Event.noun_id.in_(bindparam("person", expanding=True))),
        ),
        Event.verb != "removed",
    )
    .order_by(Event.id)
)

POINTS = ("point", "points")
"""The nouns of events that change numbers, and nothing else of what the rules look at (feeds/changes.py)."""

_CHANGES_OF_ONE = select(StandingChange.id).where(StandingChange.project_id == Project.id).correlate(Project)
_LAST_CHANGE = _CHANGES_OF_ONE.order_by(StandingChange.on.desc()).limit(1).scalar_subquery()
_SUGGESTIONS_OF_ONE = select(ProgressScore.tenths).where(
    ProgressScore.project_id == Project.id, ProgressScore.scorer == Scorer.EVIDENCE
)
_LAST_SUGGESTION = _SUGGESTIONS_OF_ONE.correlate(Project).order_by(ProgressScore.at.desc()).limit(1).scalar_subquery()
_LAST_EVENT = select(func.max(Event.id)).where(Event.project_id == Project.id).correlate(Project).scalar_subquery()
_MORE_THAN_POINTS = exists().where(
    Event.project_id == Project.id, Event.id > KnownFacts.as_of, Event.noun.not_in(POINTS)
)

# What was kept of a project the last time.
KEPT = (
    select(
        Project.id,
        Standing,
        StandingChange,
        KnownFacts,
        Aim,
        _LAST_SUGGESTION,
        func.coalesce(_LAST_EVENT, 0),
        _MORE_THAN_POINTS.correlate(Project, KnownFacts),
    )
    .outerjoin(Standing, Standing.project_id == Project.id)
    .outerjoin(StandingChange, StandingChange.id == _LAST_CHANGE)
    .outerjoin(KnownFacts, KnownFacts.project_id == Project.id)
    .outerjoin(Aim, Aim.project_id == Project.id)
    .where(Project.id.in_(IDS))
)
# Each held until the transaction ends, in one order, so that nobody waits in a circle. SQLite holds all of itself.
HELD = select(Project).where(Project.id.in_(IDS)).order_by(Project.id).with_for_update(key_share=True, of=Project)
