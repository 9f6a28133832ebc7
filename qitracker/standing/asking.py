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
    Measure,
    ProgressScore,
    Project,
    RoleHeld,
    Series,
    StageMove,
    Standing,
    StandingChange,
    StepEntry,
)

IDS: BindParameter[Any] = bindparam("ids", expanding=True)

AIMS = select(Aim).where(Aim.project_id.in_(IDS))
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
    .order_by(_ORDER, Measure.position, Series.position)
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
# One step into the index for each project, however many reviews or changes it has had.
_REVIEWS_OF_ONE = select(CoachReview.id).where(CoachReview.project_id == Project.id)
_LAST_REVIEW = _REVIEWS_OF_ONE.order_by(CoachReview.at.desc()).limit(1).scalar_subquery()
REVIEWS = select(CoachReview).where(CoachReview.id.in_(select(_LAST_REVIEW).where(Project.id.in_(IDS))))
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
MOVES = (
    select(StageMove.project_id, func.max(StageMove.at))
    .where(StageMove.project_id.in_(IDS))
    .group_by(StageMove.project_id)
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

STANDINGS = select(Standing).where(Standing.project_id.in_(IDS))
_CHANGES_OF_ONE = select(StandingChange.id).where(StandingChange.project_id == Project.id)
_LAST_CHANGE = _CHANGES_OF_ONE.order_by(StandingChange.on.desc()).limit(1).scalar_subquery()
CHANGES = select(StandingChange).where(StandingChange.id.in_(select(_LAST_CHANGE).where(Project.id.in_(IDS))))
# Each held until the transaction ends, in one order, so that nobody waits in a circle. SQLite holds all of itself.
HELD = select(Project).where(Project.id.in_(IDS)).order_by(Project.id).with_for_update(key_share=True, of=Project)
