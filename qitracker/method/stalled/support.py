"""Tests of the support a team has: its lead, its coach, its sponsor, and a score that moves."""

from datetime import date

from qitracker.method.dates import days_after, in_words, span_in_words
from qitracker.method.facts import BarrierFacts, ProjectFacts
from qitracker.method.stages import Tool
from qitracker.method.stalled.life import LifeKind
from qitracker.method.stalled.moments import last_life, latest, quoted, watched
from qitracker.method.stalled.settings import Settings
from qitracker.method.stalled.values import State, StateReason

TWO_AND_HALF, MODEST, HIGHEST = 2.5, 3.0, 5.0
"""Changes tested, modest improvement, and the top of IHI's Assessment Scale for Collaboratives."""


def no_lead(facts: ProjectFacts, today: date, _settings: Settings) -> StateReason | None:
    """Nobody leads the project: the lead has left, or there never was one."""
    since = facts.lead_gone if facts.lead_gone is not None else (facts.registered or today)
    if (facts.has_lead and facts.lead_gone is None) or since > today:
        return None
    return StateReason(
        code="no_lead",
        sentence=f"Nobody has led it since {in_words(since)}." if facts.lead_gone else "It has no lead.",
        since=since,
        clears="It clears when somebody adopts the project and leads it.",
        state=State.STALLED,
        tool=Tool.TEAM,
    )


def coach_gone(facts: ProjectFacts, today: date, _settings: Settings) -> StateReason | None:
    """The coach has left, and no other was named."""
    if facts.coach_gone is None or facts.has_coach or facts.coach_gone > today:
        return None
    return StateReason(
        code="coach_gone",
        sentence=f"No coach since {in_words(facts.coach_gone)}.",
        since=facts.coach_gone,
        clears="It clears when another coach is named.",
        state=State.QUIET,
        tool=Tool.TEAM,
    )


def no_coach_contact(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """Team and coach have not been in touch: no review and no word in the thread."""
    if not facts.has_coach:
        return None
    word = facts.coach_word.on if facts.coach_word else None
    met = latest(_reviewed(facts, today), facts.reviewed, word)
    last = latest(met, facts.coach_since or facts.registered)
    if last is None or today < (first := settings.first_day("coach_contact_days", last)):
        return None
    return StateReason(
        code="no_coach_contact",
        sentence=f"No contact with the coach for {span_in_words(last, today)}.",
        since=first,
        clears="It clears with a coach review, or a word from the coach.",
        state=State.QUIET,
        tool=Tool.COACHING,
    )


def coach_review_late(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """The day agreed for the next review has passed; or, where none was agreed, the usual time between two."""
    if not facts.has_coach:
        return None
    reviewed = _reviewed(facts, today)
    agreed = facts.next_review if facts.next_review and (not reviewed or facts.next_review > reviewed) else None
    last = latest(reviewed, facts.coach_since or facts.registered)
    if agreed is not None:
        first = days_after(agreed, 1)
    elif last is not None:
        first = settings.first_day("coach_review_days", last)
    else:
        return None
    if today < first:
        return None
    return StateReason(
        code="coach_review_late",
        sentence=(
            f"The coach review agreed for {in_words(agreed)} is due."
            if agreed
            else f"No coach review for {span_in_words(last or today, today)}."
        ),
        since=first,
        clears="It clears with the next coach review.",
        state=State.QUIET,
        tool=Tool.COACHING,
    )


def _reviewed(facts: ProjectFacts, today: date) -> date | None:
    return latest(facts.last_review, last_life(facts, today, (LifeKind.REVIEW,)))


def barrier_open(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """Something has been in the way for long: nobody asked the sponsor, or the sponsor has not moved it."""
    late = [(first, barrier) for barrier in facts.barriers if today >= (first := _barrier_from(barrier, settings))]
    if not late:
        return None
    first, oldest = min(late, key=lambda found: (found[0], found[1].text, found[1].key))
    more = f" And {len(late) - 1} more." if len(late) > 1 else ""
    if oldest.escalated is None:
        sentence = f"Barrier open for {span_in_words(oldest.since, today)}: {quoted(oldest.text)}.{more}"
        clears = "It clears when the barrier is cleared, or when the sponsor is asked to move it."
    else:
        long = span_in_words(oldest.escalated, today)
        sentence = f"Barrier with the sponsor for {long}: {quoted(oldest.text)}.{more}"
        clears = "It clears when the barrier is cleared."
    return StateReason(
        code="barrier_open",
        sentence=sentence,
        since=first,
        clears=clears,
        state=State.STALLED,
        tool=Tool.COACHING,
        target_key=oldest.key,
    )


def _barrier_from(barrier: BarrierFacts, settings: Settings) -> date:
    if barrier.escalated is None:
        return settings.first_day("barrier_days", barrier.since)
    return settings.first_day("sponsor_days", barrier.escalated)


def score_waiting(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """Changes are tested, and for long no improvement came of it."""
    scores = facts.scores
    since = scores.at_two_and_half_since
    if since is None or (scores.current is not None and scores.current >= MODEST):
        return None
    first = settings.first_day("score_waiting_months", since)
    if today < first:
        return None
    return StateReason(
        code="score_waiting",
        sentence=f"At score {TWO_AND_HALF:g} for {span_in_words(since, today)}, without modest improvement.",
        since=first,
        clears=f"It clears when the team or the coach can give a score of {MODEST:.1f}.",
        state=State.STALLED,
        tool=Tool.COACHING,
    )


def score_unchanged(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """The score has stayed the same for long, and no chart shows a signal. At 2.5 `score_waiting` speaks first."""
    scores = facts.scores
    if score_waiting(facts, today, settings) is not None:
        return None
    if scores.unchanged_since is None or (scores.current is not None and scores.current >= HIGHEST):
        return None
    if any(measure.variation not in NO_SIGNAL for measure in watched(facts)):
        return None
    first = settings.first_day("score_unchanged_days", scores.unchanged_since)
    if today < first:
        return None
    return StateReason(
        code="score_unchanged",
        sentence=f"Same score for {span_in_words(scores.unchanged_since, today)}, and no signal on a chart.",
        since=first,
        clears="It clears when the score changes, or when a chart shows a signal.",
        state=State.STALLED,
        tool=Tool.COACHING,
    )


NO_SIGNAL = frozenset({"common_cause", "not_enough_data"})
"""The findings of a chart that are no signal, as the SPC engine names them."""
