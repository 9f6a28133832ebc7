"""The forms of a cycle: one for each part, and the quick note."""

import uuid
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import request
from wtforms import HiddenField
from wtforms.validators import ValidationError

from qitracker.cycles.sheets import COLUMNS, MOST_QUESTIONS, MOST_TASKS, Note, Part, Plan, YesNo
from qitracker.cycles.words import cut
from qitracker.method.cycles import CYCLE_KIND_WORDS, SCALE_WORDS, VERDICT_WORDS, CycleKind, Decision, Scale, Verdict
from qitracker.models import Cycle
from qitracker.plumbing.forms import Choice, Day, Form, Needed, Pick, Tick, Words, choices

AnyForm = TypeVar("AnyForm", bound=Form)

LONGEST_TITLE = 120
FEWEST_QUESTIONS, FEWEST_TASKS = 2, 2
OPTION_LENGTH = 90


def one_of(kind: type[StrEnum]) -> Callable[[Any], Any]:
    """A coerce function: the word as its value, nothing as None; another word stays itself and is refused."""

    def coerce(value: Any) -> Any:
        if value in {None, ""}:
            return None
        try:
            return kind(value)
        except ValueError:
            return str(value)

    return coerce


def an_id(value: Any) -> Any:
    """The same for the id of a thing."""
    if value in {None, ""} or isinstance(value, uuid.UUID):
        return value or None
    try:
        return uuid.UUID(value)
    except ValueError:
        return str(value)


def a_digit(value: Any) -> str | None:
    """The same for a digit among radio buttons."""
    return None if value in {None, ""} else str(value)


class IdeaForm(Form):
    """A form that asks for a change idea: one of the list, or a new one in a line."""

    idea_id = Pick("Change idea", coerce=an_id)
    new_idea = Words("Or write a new idea", longest=300, hint="In one line. It is added to the project's ideas.")

    def offer_ideas(self, ideas: list[tuple[str, str]]) -> None:
        """The ideas to choose from; without any, the box for a new one stands alone."""
        self.idea_id.choices = [("", "Choose an idea"), *((key, cut(text, OPTION_LENGTH)) for key, text in ideas)]
        self.has_ideas = bool(ideas)
        if not ideas:
            self.new_idea.label.text = "Change idea"

    def validate_new_idea(self, field: Words) -> None:
        if field.data and self.idea_id.data:
            raise ValidationError("Choose an idea from the list or write a new one, not both")


class PlanForm(IdeaForm):
    title = Words(
        "Title of this cycle",
        [Needed("Give the cycle a title, such as: Bay nursing at night")],
        longest=LONGEST_TITLE,
        hint="A few words that tell it from the others, such as: Bay nursing at night",
    )
    objective = Words("What do you want to find out or get done?", longest=1000, rows=2)
    change = Words(
        "What exactly will you change?",
        longest=2000,
        rows=3,
        hint="Say it so that somebody who was not there could do the same.",
    )
    scale = Pick("How wide is the test?", coerce=one_of(Scale), hint="Start with one patient, one nurse or one shift.")
    planned_start = Day("When does it start?")
    planned_end = Day("When does it end?")
    kind = Pick("What kind of cycle is it?", coerce=one_of(CycleKind))
    owner_id = Pick("Who looks after this cycle?", coerce=an_id)
    who_where = Words("Who does it, and where?", longest=1000, rows=2)
    series_id = Pick("Measure to watch", coerce=an_id, hint="Its numbers are shown when you study the test.")
    data_plan = Words(
        "What else will you look at or count?",
        longest=1000,
        rows=2,
        hint="Say who collects it and for how long. A tally on paper is enough.",
    )
    stop_rule = Words("What could go wrong, and when would you stop?", longest=1000, rows=2)
    who_must_know = Words("Who must know before you start?", longest=500)
    shown_questions = HiddenField()
    shown_tasks = HiddenField()

    def offer(
        self, *, ideas: list[tuple[str, str]], series: list[tuple[str, str]], team: list[tuple[str, str]]
    ) -> None:
        """The choices of this project."""
        self.offer_ideas(ideas)
        self.series_id.choices = [("", "No measure"), *series]
        self.owner_id.choices = [("", "Nobody yet"), *team]
        self.kind.choices = choices(dict(CYCLE_KIND_WORDS))
        self.scale.choices = [("", "Not sure yet"), *choices(dict(SCALE_WORDS))]

    def validate_idea_id(self, field: Pick) -> None:
        if not field.data and not self.new_idea.data and self.has_ideas:
            raise ValidationError("Choose the idea you are testing, or write a new one")

    def validate_new_idea(self, field: Words) -> None:
        super().validate_new_idea(field)
        if not field.data and not self.has_ideas:
            raise ValidationError("Write the idea you are testing, in one line")

    def validate_kind(self, field: Pick) -> None:
        if field.data is None:
            raise ValidationError("Choose one from the list")

    def validate_planned_end(self, field: Day) -> None:
        not_before(self.planned_start.data, field.data)

    @property
    def wants_more(self) -> str:
        """Which rows the person asked to have one more of; "" for none."""
        asked = request.form.get("more", "") if self.is_submitted() else ""
        return asked if asked in {"question", "task"} else ""

    @property
    def questions(self) -> list[tuple[Words, Words]]:
        return [(self[f"question_{place}"], self[f"prediction_{place}"]) for place in range(1, MOST_QUESTIONS + 1)]

    @property
    def tasks(self) -> list[tuple[Words, Words]]:
        return [(self[f"task_{place}"], self[f"who_{place}"]) for place in range(1, MOST_TASKS + 1)]

    @property
    def n_questions(self) -> int:
        """How many pairs of boxes are shown: two, those filled, and one more when asked."""
        return self._shown(self.questions, FEWEST_QUESTIONS, self.shown_questions.data, "question")

    @property
    def n_tasks(self) -> int:
        return self._shown(self.tasks, FEWEST_TASKS, self.shown_tasks.data, "task")

    def _shown(self, rows: list[tuple[Words, Words]], fewest: int, before: Any, name: str) -> int:
        filled = max((place for place, row in enumerate(rows, 1) if any(box._value() for box in row)), default=0)  # noqa: SLF001 (WTForms' name for what a box shows)
        seen = int(before) if str(before).isascii() and str(before).isdigit() and len(str(before)) < 3 else 0
        return min(len(rows), max(fewest, filled, seen + (self.wants_more == name)))

    def plan(self) -> Plan:
        """The plan as typed."""
        return Plan(
            {name: self[name].data for name in COLUMNS[Part.PLAN]},
            self.new_idea.data,
            tuple((question.data, prediction.data) for question, prediction in self.questions),
            tuple((text.data, who.data) for text, who in self.tasks),
        )


for _place in range(1, MOST_QUESTIONS + 1):
    setattr(PlanForm, f"question_{_place}", Words(f"Question {_place}", longest=500))
    setattr(PlanForm, f"prediction_{_place}", Words(f"What do you predict for question {_place}?", longest=500, rows=2))
for _place in range(1, MOST_TASKS + 1):
    setattr(PlanForm, f"task_{_place}", Words(f"Task {_place}", longest=300))
    setattr(PlanForm, f"who_{_place}", Words(f"Who does task {_place}?", longest=120))


def not_before(start: date | None, end: date | None) -> None:
    """An end is not before its start."""
    if start and end and end < start:
        raise ValidationError("The end is before the start. Check both dates")


DECISIONS = (
    (Decision.ADOPT.value, "Adopt: it worked, keep it and try it wider"),
    (Decision.ADAPT.value, "Adapt: change it and test again"),
    (Decision.ABANDON.value, "Abandon: leave it, and keep what we learnt"),
    (Decision.REPEAT.value, "Repeat: test the same in other conditions"),
    ("", "Not decided yet"),
)


class QuickForm(IdeaForm):
    change = Words(
        "Plan: what did we try?",
        [Needed("Say in a few words what you tried")],
        longest=2000,
        rows=2,
        hint="Such as: two nurses did the bedside handover together on the late shift",
    )
    happened = Words("Do: what happened?", longest=4000, rows=2)
    learnt = Words("Study: what did we learn?", longest=2000, rows=2)
    decision = Choice("Act: what next?", coerce=one_of(Decision), choices=DECISIONS)
    on = Day("When was it?", ahead=0)

    def validate_learnt(self, field: Words) -> None:
        if self.decision.data is Decision.ABANDON and not field.data:
            raise ValidationError("Say in a few words why you leave it, so that others can learn from it")

    def note(self) -> Note:
        """The note as typed."""
        names = ("idea_id", "change", "happened", "learnt", "decision")
        return Note({name: self[name].data for name in names} | {"on": self.on.data}, self.new_idea.data)


class DoForm(Form):
    as_planned = Choice(
        "Was it carried out as planned?", coerce=one_of(YesNo), choices=[("yes", "Yes"), ("no", "No, not quite")]
    )
    started = Day("When did it really start?", ahead=0)
    ended = Day("When did it really end?", ahead=0, hint="Leave it empty while the test is running.")
    happened = Words("What happened?", longest=4000, rows=4, hint="What you did, with how many, and the numbers.")
    surprises = Words("Problems and surprises", longest=2000, rows=2)
    comments = Words(
        "What staff and patients said", longest=2000, rows=2, hint="Their words, without names of patients."
    )

    def validate_ended(self, field: Day) -> None:
        not_before(self.started.data, field.data)


class StudyForm(Form):
    findings = Words("What do the data show?", longest=4000, rows=3)
    learnt = Words("What did you learn?", longest=2000, rows=3)
    side_effects = Words("Did anything else change, for better or worse?", longest=2000, rows=2)


class ActForm(Form):
    decision = Choice("What will you do with this change?", coerce=one_of(Decision), choices=DECISIONS)
    why = Words("Why?", longest=1000, rows=2, hint="In a sentence. It helps whoever has the same idea next year.")
    next_change = Words(
        "What will you change next time?", longest=2000, rows=3, hint="The next cycle starts with this text."
    )
    confidence = Choice(
        "How sure are you that the change helps?",
        coerce=a_digit,
        choices=[("1", "1, not at all"), ("2", "2"), ("3", "3, half and half"), ("4", "4"), ("5", "5, quite sure")],
    )

    def validate_why(self, field: Words) -> None:
        if self.decision.data is Decision.ABANDON and not field.data:
            raise ValidationError("Say in a few words why you leave it, so that others can learn from it")


def do_form(cycle: Cycle) -> DoForm:
    """The form of Do, with a box to tick for each task of this cycle."""
    return with_rows(DoForm, {f"done_{task.id}": Tick(task.text) for task in cycle.tasks})


def study_form(cycle: Cycle) -> StudyForm:
    """The form of Study, with a verdict and what was seen for each question of this cycle."""
    rows: dict[str, Any] = {}
    for place, row in enumerate(cycle.questions, 1):
        rows[f"verdict_{row.id}"] = Choice(
            f"Was prediction {place} right?", coerce=one_of(Verdict), choices=choices(dict(VERDICT_WORDS))
        )
        rows[f"saw_{row.id}"] = Words(f"What did you see? (question {place})", longest=1000, rows=2)
    return with_rows(StudyForm, rows)


def with_rows(kind: type[AnyForm], rows: dict[str, Any]) -> AnyForm:
    """A form of this kind with the fields of one cycle's rows, which carry the rows' ids in their names."""
    form: AnyForm = type(kind.__name__, (kind,), rows)()
    return form
