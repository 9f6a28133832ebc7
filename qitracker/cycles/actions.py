"""Changes to cycles. Each takes `by=` and leaves an event with old and new in the same transaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from qitracker.cycles.idea_moves import note_decision, note_start
from qitracker.cycles.sheets import COLUMNS, Note, Part, Plan
from qitracker.cycles.words import cut
from qitracker.method.cycles import CycleKind
from qitracker.method.ideas import IdeaStatus
from qitracker.method.reasons import Reason
from qitracker.models import Cycle, CycleQuestion, CycleTask, Idea, Project, db
from qitracker.plumbing import clock, history
from qitracker.plumbing.history import Actor

QUICK_TITLE = 60


def start_cycle(project: Project, plan: Plan, *, by: Actor, follows: Cycle | None = None) -> Cycle:
    """Plan a new cycle. Its number is the next of the project."""
    cycle = _new(project, plan.columns | {"follows_id": follows.id if follows else None}, plan.new_idea, by=by)
    _write_rows(cycle, plan)
    _store(cycle, by=by)
    note_start(cycle, clock.today(), by=by)
    return cycle


def note_quickly(project: Project, note: Note, *, by: Actor) -> tuple[Cycle, Reason | None]:
    """A cycle from four boxes; the rest can be added later. Also why its idea did not move, if it did not."""
    written, on = dict(note.columns), note.columns["on"] or clock.today()
    del written["on"]
    decision = written.pop("decision")
    written |= {
        "title": cut(written["change"], QUICK_TITLE),
        "is_quick": True,
        "kind": CycleKind.TEST,
        "planned_start": on,
        "planned_end": on,
        "started": on,
        "ended": on,
        "studied_at": clock.now() if written["learnt"] else None,
    }
    cycle = _new(project, written, note.new_idea, by=by)
    cycle.decision = decision
    cycle.decided_at = clock.now() if decision else None
    cycle.why = cut(written["learnt"], 1000) if decision else ""
    _store(cycle, by=by)
    note_start(cycle, clock.today(), by=by)
    return cycle, note_decision(cycle, None, by=by)


def write_plan(cycle: Cycle, plan: Plan, *, by: Actor) -> None:
    """Change the plan; a new idea's text makes a new idea."""
    columns = dict(plan.columns)
    if plan.new_idea:
        columns["idea_id"] = _idea(cycle.project_id, plan.new_idea, by=by).id
    _change(cycle, columns, lambda: _write_rows(cycle, plan), by=by)
    db.session.flush()
    db.session.refresh(cycle, ["idea"])
    note_start(cycle, clock.today(), by=by)


def write_do(cycle: Cycle, columns: Mapping[str, Any], done: Mapping[int, bool], *, by: Actor) -> None:
    """Write what happened; `done` says for each task, by its id, whether it was done."""

    def tick() -> None:
        for task in cycle.tasks:
            task.is_done = done.get(task.id, task.is_done)

    _change(cycle, columns, tick, by=by)
    note_start(cycle, clock.today(), by=by)


def write_study(cycle: Cycle, columns: Mapping[str, Any], seen: Mapping[int, tuple[Any, str]], *, by: Actor) -> None:
    """Write what was learnt; `seen` holds for each question, by its id, the verdict and what was seen."""

    def compare() -> None:
        for row in cycle.questions:
            row.verdict, row.saw = seen.get(row.id, (row.verdict, row.saw))

    _change(cycle, columns, compare, by=by)
    if cycle.studied_at is None and (cycle.findings or cycle.learnt):
        cycle.studied_at = clock.now()
    note_start(cycle, clock.today(), by=by)


def write_act(cycle: Cycle, columns: Mapping[str, Any], *, by: Actor) -> Reason | None:
    """Decide, and move the idea with the decision; the reason when the idea could not move."""
    before = cycle.decision
    _change(cycle, columns, lambda: None, by=by)
    if cycle.decision is not before:
        cycle.decided_at = clock.now() if cycle.decision else None
    return note_decision(cycle, before, by=by)


def _new(project: Project, columns: Mapping[str, Any], new_idea: str, *, by: Actor) -> Cycle:
    values = dict(columns)
    if new_idea:
        values["idea_id"] = _idea(project.id, new_idea, by=by).id
    last = db.session.scalar(select(func.max(Cycle.number)).where(Cycle.project_id == project.id))
    return Cycle(project_id=project.id, number=(last or 0) + 1, made_at=clock.now(), **values)


def _store(cycle: Cycle, *, by: Actor) -> None:
    db.session.add(cycle)
    db.session.flush()
    filled = {name: value for name, value in _written(cycle).items() if value not in (None, "", [])}
    history.record("added", "cycle", cycle.id, by=by, project_id=cycle.project_id, new=filled)


def _change(cycle: Cycle, columns: Mapping[str, Any], rows: Callable[[], None], *, by: Actor) -> None:
    """Set what differs, and record old and new of just that; a cycle counts as changed when only a row did."""
    before = _written(cycle)
    for name, value in columns.items():
        if getattr(cycle, name) != value:
            setattr(cycle, name, value)
    rows()
    after = _written(cycle)
    names = [name for name in after if after[name] != before[name]]
    if not names:
        return
    flag_modified(cycle, "title")
    history.record(
        "changed",
        "cycle",
        cycle.id,
        by=by,
        project_id=cycle.project_id,
        old={name: before[name] for name in names},
        new={name: after[name] for name in names},
    )


def _written(cycle: Cycle) -> dict[str, Any]:
    """Everything people wrote, rows as lists: what an event keeps."""
    columns: dict[str, Any] = {"is_quick": cycle.is_quick}
    for part in Part:
        columns |= {name: getattr(cycle, name) for name in COLUMNS[part]}
    columns["questions"] = [
        {
            "question": row.question,
            "prediction": row.prediction,
            "verdict": row.verdict.value if row.verdict else None,
            "saw": row.saw or "",
        }
        for row in cycle.questions
    ]
    columns["tasks"] = [{"text": task.text, "who": task.who, "done": bool(task.is_done)} for task in cycle.tasks]
    return columns


def _write_rows(cycle: Cycle, plan: Plan) -> None:
    """Each row as typed goes to the stored row in its place; emptied rows go, later ones move up."""
    _fit(cycle.questions, plan.questions, _put_question, lambda: CycleQuestion(position=0, saw=""))
    _fit(cycle.tasks, plan.tasks, _put_task, lambda: CycleTask(position=0, is_done=False))


def _fit(rows: list[Any], typed: Sequence[tuple[str, str]], put: Callable[..., None], new: Callable[[], Any]) -> None:
    kept = []
    for place, boxes in enumerate(typed):
        row = rows[place] if place < len(rows) else None
        if not any(boxes):
            continue
        row = row or new()
        put(row, *boxes)
        kept.append(row)
    kept += rows[len(typed) :]  # more rows than the form has boxes: they came another way, and stay
    for place, row in enumerate(kept):
        row.position = place
    rows[:] = kept


def _put_question(row: CycleQuestion, question: str, prediction: str) -> None:
    row.question, row.prediction = question, prediction


def _put_task(row: CycleTask, text: str, who: str) -> None:
    row.text, row.who = text, who


def _idea(project_id: Any, text: str, *, by: Actor) -> Idea:
    """The idea with this text: the project's own when it has it already, else a new one."""
    known = select(Idea).where(Idea.project_id == project_id, func.lower(Idea.text) == text.lower())
    found: Idea | None = db.session.scalar(known.where(Idea.status != IdeaStatus.ABANDONED).limit(1))
    if found is None:
        found = Idea(project_id=project_id, text=text, by_id=by.id, at=clock.now())
        history.add(found, "idea", by=by, project_id=project_id)
    return found
