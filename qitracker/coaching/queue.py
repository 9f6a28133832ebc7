"""The queue of a coach: my projects, what is asked of me in each, and what changed since the last review.

A project waits while something asks. Once it is reviewed nothing does, until the next review is due, the team asks, or
the standing that the coach is told of is newer than the review.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.coaching.queue_rows import (
    LastReview,
    absences_covered,
    coach_scores,
    coached,
    last_reviews,
    lived_since,
    open_questions,
    signals_since,
    standings,
)
from qitracker.method.dates import months_after, span_in_words
from qitracker.method.stalled.settings import Settings
from qitracker.method.stalled.stuck import STUCK_ON, StuckOn
from qitracker.method.stalled.telling import Audience
from qitracker.method.stalled.values import STATES, State
from qitracker.models import CoachWord, Project, Standing
from qitracker.people.reader import Reader
from qitracker.plumbing import clock
from qitracker.standing.numbers import settings_of


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked of the coach, since when."""

    code: str  # question, review, standing, score
    sentence: str
    since: date

    def waited(self, today: date) -> str:
        """How long it has waited: "3 weeks"; empty on its first day."""
        return span_in_words(self.since, today) if self.since < today else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One project as the queue shows it. `changes` are words such as "3 numbers", since the last review."""

    project: Project
    standing: Standing | None
    last: LastReview | None
    asks: tuple[Ask, ...]
    covers_for: str = ""
    changes: tuple[str, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Whether anything is asked of the coach."""
        return bool(self.asks)

    @property
    def is_only_asked(self) -> bool:
        """Whether the team asks, and nothing else waits: then an answer is all it needs."""
        return self.is_waiting and all(ask.code == "question" for ask in self.asks)

    @property
    def first(self) -> Ask:
        """What a mail says of it: what its row says first."""
        return self.asks[0]

    @property
    def waits_since(self) -> date:
        """The day from which the oldest ask waits; the last day there is where none does."""
        return min((ask.since for ask in self.asks), default=date.max)

    @property
    def state(self) -> str:
        """The name of the state."""
        return STATES[State(self.standing.state)].name if self.standing else ""

    @property
    def stuck(self) -> str:
        """What the last review found it stuck on, in words."""
        return STUCK_ON[StuckOn(self.last.stuck_on)].name if self.last and self.last.stuck_on else ""


def rows_of(reader: Reader, today: date) -> Sequence[Row]:
    """Every project this person coaches or covers: those that wait first, the oldest wait on top."""
    covered = absences_covered(reader, today)
    mine = coached(reader, covered)
    ids = [one.project.id for one in mine]
    standing, reviews, questions = standings(ids), last_reviews(ids), open_questions(ids)
    scores = coach_scores(ids)
    settings = settings_of({one.project.organisation_id for one in mine})
    rows = [
        Row(
            one.project,
            standing.get(one.project.id),
            reviews.get(one.project.id),
            tuple(
                _asks(
                    one.project,
                    one.since,
                    standing.get(one.project.id),
                    reviews.get(one.project.id),
                    questions.get(one.project.id, ()),
                    scores.get(one.project.id),
                    settings[one.project.organisation_id],
                    today,
                )
            ),
            one.covers_for,
        )
        for one in mine
    ]
    return sorted(rows, key=lambda row: (row.waits_since, row.project.title.lower(), str(row.project.id)))


def with_changes(rows: Sequence[Row]) -> Sequence[Row]:
    """The same rows with what changed since the last review of each. Two queries however many there are."""
    ids = [row.project.id for row in rows]
    lived, signals = lived_since(ids), signals_since(ids)
    return [
        Row(row.project, row.standing, row.last, row.asks, row.covers_for, _words(row.project.id, lived, signals))
        for row in rows
    ]


def _asks(
    project: Project,
    coach_since: date,
    standing: Standing | None,
    last: LastReview | None,
    questions: Iterable[CoachWord],
    scored: date | None,
    settings: Settings,
    today: date,
) -> Iterable[Ask]:
    for word in questions:
        yield Ask("question", f"The team asks: {_short(word.text)}", clock.local(word.at).date())
    if standing is not None and Audience.COACH in standing.told.split():
        since = standing.since or today
        if last is None or since > last.on:
            yield Ask("standing", standing.sentence, since)
    if project.closed_at is not None or (standing is not None and standing.state == State.PAUSED):
        return
    due = _review_due(coach_since, last, settings)
    if due <= today:
        yield Ask("review", "Not reviewed yet." if last is None else "The review is due.", due)
    elif last is not None:
        first = months_after(max(last.on, scored or last.on), int(settings["score_ask_months"]))
        if first <= today:
            yield Ask("score", "Your progress score is due.", first)


def _review_due(coach_since: date, last: LastReview | None, settings: Settings) -> date:
    """A project that was never reviewed is due from the day it got its coach."""
    if last is None:
        return coach_since
    if last.next_review is not None:
        return last.next_review
    return settings.first_day("coach_review_days", last.on)


LONGEST_QUESTION = 140
"""Characters of a question in the list; the whole stands on its page. Ours."""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= LONGEST_QUESTION else f"“{line[: LONGEST_QUESTION - 1].rstrip()}…”"


CHANGE_WORDS: Mapping[str, tuple[str, str]] = {
    "cycle": ("PDSA cycle", "PDSA cycles"),
    "point": ("number", "numbers"),
    "idea": ("change idea", "change ideas"),
    "step": ("step", "steps"),
    "evidence": ("note or link", "notes and links"),
    "driver": ("driver", "drivers"),
    "measure": ("measure", "measures"),
    "barrier": ("barrier", "barriers"),
}
"""What changed, by the noun of its events; each thing counts once however often it was written."""

UNCOUNTED = {"points": "numbers from a table", "aim": "the aim", "stage": "the stage"}


def _words(
    project_id: uuid.UUID, lived: Mapping[uuid.UUID, Mapping[str, int]], signals: Mapping[uuid.UUID, int]
) -> tuple[str, ...]:
    counts = lived.get(project_id, {})
    words = []
    if n := signals.get(project_id, 0):
        words.append("a new signal on a chart" if n == 1 else f"new signals on {n} charts")
    for noun, (one, many) in CHANGE_WORDS.items():
        if n := counts.get(noun, 0):
            words.append(f"{n} {one if n == 1 else many}")
    words += [said for noun, said in UNCOUNTED.items() if counts.get(noun)]
    return tuple(words)
