"""What happens in every project: it begins, has drivers and ideas, tests changes, is reviewed and scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from qitracker.coaching.actions import Reviewed, write_review
from qitracker.coaching.team_actions import note_visit
from qitracker.cycles.actions import start_cycle, write_act, write_do, write_study
from qitracker.cycles.sheets import Plan
from qitracker.demo.people import Hospital
from qitracker.demo.story import Story
from qitracker.drivers.actions import add_driver, capture_idea, join
from qitracker.hub.actions import answer
from qitracker.method.cycles import CycleKind, Decision, Scale, Verdict
from qitracker.method.intake import IntakeAnswer, answer_words
from qitracker.method.measures import Rhythm, period_after, period_of
from qitracker.method.roles import Role
from qitracker.method.stalled.stuck import StuckOn
from qitracker.method.steps import StepStatus
from qitracker.models import Cycle, DriverLevel, Idea, Level, Person, Project, Series, StepEntry, db
from qitracker.people.actions import give_role
from qitracker.projects import actions

UNDERSTAND = ("focus", "people", "visualise", "change")
MINUTES = 30  # of a review on the ward
CO_DESIGN = ("teamwork", "process", "planning", "share")


def start(
    story: Story,
    hospital: Hospital,
    on: date,
    title: str,
    problem: str,
    ward: str,
    lead: Person,
    *others: tuple[str, Role, str],
    answered: bool = True,
) -> Project:
    """A project is registered with its team; the hub answers it the same day, unless it has not yet."""
    story.begin(on)
    project = actions.register(title, problem, hospital.units[ward], lead, Level.MICRO, by=lead, is_illustrative=True)
    for account, role, profession in others:
        give_role(hospital.people[account], role, by=lead, project=project, profession=profession)
    story.watch(project)
    if answered:
        welcome(story, hospital, project)
    return project


def welcome(story: Story, hospital: Hospital, project: Project) -> None:
    """The hub has seen it and is glad of it."""
    story.on(story.day, hour=15)
    kind = IntakeAnswer.WELCOME
    answer(project, kind, "", answer_words(kind), by=hospital.people["hub1"])


def periods_back(story: Story, rhythm: Rhythm, how_many: int) -> list[date]:
    """The first days of the last whole periods, oldest first."""
    found: list[date] = []
    first = period_of(story.today, rhythm)
    while len(found) < how_many:
        first = period_of(first - timedelta(days=1), rhythm)
        found.append(first)
    return found[::-1]


def late_periods(story: Story, rhythm: Rhythm, how_many: int, late: int) -> list[date]:
    """The same, ending so that the first period without a number began at least `late` days ago, and as lately as
    that allows."""
    found = periods_back(story, rhythm, how_many + late)
    while period_after(found[-1], rhythm) > story.ago(late):
        found.pop()
    return found[-how_many:]


def settle(project: Project, *steps: str, by: Person) -> None:
    """The team calls these steps done."""
    for step in steps:
        write_step(project, step, {}, by=by, status=StepStatus.DONE)


def write_step(
    project: Project, step: str, answers: Mapping[str, str], *, by: Person, status: StepStatus = StepStatus.IN_PROGRESS
) -> None:
    """The team writes something for a step."""
    entry = db.session.scalar(select(StepEntry).where(StepEntry.project_id == project.id, StepEntry.step == step))
    actions.write_step(project, entry, step, by=by, status=status, answers=dict(answers), owner_id=by.id, due=None)


def drivers(
    project: Project, wanted: Mapping[str, Sequence[Idea]], *, by: Person, measured: Series | None = None
) -> None:
    """Primary drivers with the ideas that hang on each; the first is measured."""
    for place, (text, ideas) in enumerate(wanted.items()):
        measure_id = measured.measure_id if measured is not None and place == 0 else None
        driver = add_driver(project, DriverLevel.PRIMARY, text, by=by, measure_id=measure_id)
        for idea in ideas:
            join(idea, driver, by=by)


def captured(project: Project, *texts: str, by: Person) -> list[Idea]:
    return [capture_idea(project, text, by=by) for text in texts]


def cycle(
    project: Project,
    idea: Idea,
    title: str,
    *,
    by: Person,
    start: date,
    end: date,
    scale: Scale,
    questions: Sequence[tuple[str, str]],
    change: str,
    series: Series | None = None,
    data_plan: str = "",
    follows: Cycle | None = None,
    objective: str = "",
    tasks: Sequence[tuple[str, str]] = (),
    kind: CycleKind = CycleKind.TEST,
) -> Cycle:
    """A planned cycle."""
    columns = {
        "idea_id": idea.id, "title": title, "owner_id": by.id, "kind": kind, "scale": scale,
        "planned_start": start, "planned_end": end, "objective": objective, "change": change, "who_where": "",
        "data_plan": data_plan, "series_id": series.id if series else None, "stop_rule": "", "who_must_know": "",
    }  # fmt: skip
    return start_cycle(project, Plan(columns, questions=tuple(questions), tasks=tuple(tasks)), by=by, follows=follows)


def done(cycle: Cycle, happened: str, *, by: Person, as_planned: bool = True, surprises: str = "") -> None:
    """What happened, on the cycle's own days."""
    columns = {
        "started": cycle.planned_start, "ended": cycle.planned_end, "as_planned": as_planned, "happened": happened,
        "surprises": surprises, "comments": "",
    }  # fmt: skip
    write_do(cycle, columns, {task.id: True for task in cycle.tasks}, by=by)


def studied(
    cycle: Cycle, findings: str, learnt: str, *, by: Person, seen: Sequence[tuple[Verdict | None, str]]
) -> None:
    """The questions one by one, then what was learnt."""
    answers = {row.id: answer for row, answer in zip(cycle.questions, seen, strict=True)}
    write_study(cycle, {"findings": findings, "learnt": learnt, "side_effects": ""}, answers, by=by)


def decided(cycle: Cycle, decision: Decision, *, by: Person, next_change: str = "", why: str = "") -> None:
    """Adopt, adapt or abandon."""
    columns = {"decision": decision, "next_change": next_change, "confidence": 4, "why": why}
    write_act(cycle, columns, by=by)
    db.session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A test from plan to decision. It began `ago` days before today, lasted `days`, and was studied the day after.

    `asks` is the question and what was predicted; a team that wrote down no prediction has an empty one.
    """

    ago: int
    days: int
    title: str
    change: str
    asks: tuple[str, str]
    happened: str
    seen: str
    learnt: str
    decision: Decision
    then: str
    scale: Scale = Scale.ONE_SHIFT
    verdict: Verdict = Verdict.PARTLY
    kind: CycleKind = CycleKind.TEST


def tried_out(
    story: Story,
    project: Project,
    idea: Idea,
    test: Trial,
    *,
    by: Person,
    series: Series | None,
    follows: Cycle | None = None,
) -> Cycle:
    """Plan it on its first day, study and decide on the day after its last."""
    first, last = story.ago(test.ago), story.ago(test.ago - test.days + 1)
    story.on(first)
    made = cycle(
        project, idea, test.title, by=by, start=first, end=last, scale=test.scale, questions=[test.asks],
        change=test.change, series=series, follows=follows, kind=test.kind,
    )  # fmt: skip
    story.on(last + timedelta(days=1))
    done(made, test.happened, by=by)
    studied(made, test.seen, test.learnt, by=by, seen=[(test.verdict if test.asks[1] else None, test.seen)])
    decided(made, test.decision, by=by, next_change=test.then, why=test.learnt)
    return made


def reviewed(
    story: Story,
    project: Project,
    coach: Person,
    *,
    well: str,
    step: str,
    owner: Person,
    next_in: int,
    advice: str = "",
    stuck: StuckOn | None = None,
    score: int | None = None,
    why: str = "",
) -> None:
    """A coach visits the team today and reviews its project. `next_in` is in how many days the next review is agreed, `score` in tenths."""
    said = Reviewed(
        going_well=well,
        stuck_on=stuck.value if stuck else None,
        advice=advice,
        next_step=step,
        owner_id=owner.id,
        next_step_on=story.day + timedelta(days=14),
        score=score,
        why=why,
        next_review=story.day + timedelta(days=next_in),
    )
    note_visit(project.unit_id, story.day, MINUTES, "Review with the team.", by=coach, project=project)
    write_review(project, said, by=coach)
