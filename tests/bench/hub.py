"""The rows of a trust with 5,000 projects and three years behind them.

A trust of its own, for lists that look at everything: one chart a project, drawn from a few that are worked out once.
"""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from qitracker import spc
from qitracker.method.cycles import CycleKind, Decision
from qitracker.method.dates import months_after
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.method.stalled.values import State
from qitracker.models import Level, Scorer, Visibility
from qitracker.people.passwords import hashed
from qitracker.spc import Chart, Direction
from tests.bench.seeding import PASSWORD, Rows
from tests.bench.wards import N_COACHES, N_PEOPLE, Trust, make_trust

N_PROJECTS, N_MONTHS, N_EVENTS = 5_000, 36, 60
N_UNANSWERED = 12  # new projects that wait for the hub
MOST_SECONDS, MOST_QUERIES = 0.150, 14  # "under 15 queries, under 150 ms server time"
HUB = 7  # the person who works in the hub
STATES = (
    *[State.ACTIVE] * 8,
    *[State.QUIET] * 4,
    *[State.STALLED] * 3,
    State.DORMANT,
    State.PAUSED,
    *[State.SUSTAINING] * 3,
)
WORDS = [
    "sepsis",
    "antibiotics",
    "falls",
    "skin",
    "discharge",
    "handover",
    "medicines",
    "nights",
    "hydration",
    "pain",
    "dementia",
    "theatre",
    "waiting",
]


def make_hub_rows(today: date) -> Rows:
    """All rows by table, parents first. The same numbers each time."""
    draw = random.Random(11)
    trust = make_trust(draw, datetime.now(UTC), hashed(PASSWORD))
    trust.role(HUB, Role.HUB, _moment(today, -900), unit_id=trust.organisation)
    charts = [_analysis(draw, today, better) for better in (True, False) for _ in range(10)]
    rows: Rows = defaultdict(list)
    for number in range(N_PROJECTS):
        _project(trust, rows, number, today, charts[number % len(charts)])
    rows |= {"unit": trust.units, "person": trust.people, "role_held": trust.roles}
    rows["trained_coach"] = [
        {
            "id": trust.new_id(), "person_id": trust.people[N_PEOPLE - N_COACHES + place]["id"],
            "unit_id": trust.wards[place], "trained_on": today - timedelta(days=800), "ended_on": None,
        }
        for place in range(N_COACHES)
    ]  # fmt: skip
    rows["event"].sort(key=lambda row: row["at"])
    order = (
        "unit", "person", "project", "role_held", "measure", "series", "idea", "cycle", "aim", "stage_move",
        "coach_review", "progress_score", "barrier", "intake", "standing", "standing_change", "trained_coach", "event",
    )  # fmt: skip
    return {name: rows[name] for name in order}


def _analysis(draw: random.Random, today: date, better: bool) -> spc.Analysis:
    months = [months_after(today.replace(day=1), place - N_MONTHS) for place in range(N_MONTHS)]
    births = [draw.randint(180, 260) for _ in months]
    level = [0.06 if better and place > N_MONTHS - 10 else 0.12 for place in range(N_MONTHS)]
    found = tuple(float(round(n * draw.gauss(share, 0.015))) for n, share in zip(births, level, strict=True))
    x = tuple(month.isoformat() for month in months)
    return spc.analyse(
        spc.Series(Chart.P, found, tuple(map(float, births)), x, multiply=100.0, direction=Direction.DECREASE)
    )


def _project(trust: Trust, rows: Rows, number: int, today: date, analysis: spc.Analysis) -> None:
    draw, state = trust.draw, STATES[number % len(STATES)]
    begun = _moment(today, -draw.randint(40, 1095)) if number >= N_UNANSWERED else _moment(today, -number)
    closed = (
        begun + timedelta(days=300) if state is State.SUSTAINING and (datetime.now(UTC) - begun).days > 320 else None
    )
    project = {
        "id": trust.new_id(), "version": 1, "title": f"Better {draw.choice(WORDS)} and {draw.choice(WORDS)}, {number}",
        "problem": f"Too many people meet harm with {draw.choice(WORDS)} at {draw.choice(WORDS)}, and nobody counts it.",
        "unit_id": trust.wards[number % len(trust.wards)], "organisation_id": trust.organisation,
        "lead_id": trust.people[number % 200]["id"], "level": Level.MICRO, "method": "lancashire",
        "stage": "sustain" if closed else "deliver", "visibility": Visibility.PRIVATE if number % 50 == 49 else Visibility.OPEN,
        "is_illustrative": True, "registered_at": begun, "closed_at": closed, "closed_why": None,
        "closing": "achieved" if closed else None, "learnt": "Begin with one bay." if closed else None, "programme_id": None,
    }  # fmt: skip
    rows["project"].append(project)
    of, by = {"project_id": project["id"]}, project["lead_id"]
    coach = N_PEOPLE - N_COACHES + number % N_COACHES
    trust.role(number % 200, Role.PROJECT_LEAD, begun, **of)
    if number % 9:
        trust.role(coach, Role.COACH, begun, **of)
    measure = {
        "id": trust.new_id(), "version": 1, **of, "position": 0, "name": "Harm", "kind": MeasureKind.OUTCOME,
        "chart": Chart.P, "data_type": DataType.PROPORTION, "direction": Direction.DECREASE, "rhythm": Rhythm.MONTH,
        "unit": "%", "multiply": 100.0, "decimals": 1, "made_at": begun,
    }  # fmt: skip
    rows["measure"].append(measure)
    variation = analysis.variation.value
    begun_on = months_after(today.replace(day=1), -8) if variation.startswith("improvement") else None
    series = {
        "id": trust.new_id(), "version": 1, **of, "measure_id": measure["id"], "unit_id": project["unit_id"], "group": "",
        "position": 0, "target": None, "target_by": None, "analysis": analysis.to_json(), "n_points": N_MONTHS,
        "last_on": months_after(today.replace(day=1), -1), "variation": variation,
        "signal_since": begun_on, "gain_since": begun_on,
    }  # fmt: skip
    rows["series"].append(series)
    _work(trust, rows, project, series, today)
    _standing(trust, rows, project, series, number, state, today)
    for place in range(N_EVENTS):
        rows["event"].append(
            {
                "at": begun + timedelta(days=place), "by_id": by, "verb": "added", "noun": "point", "project_id": project["id"],
                "noun_id": f"{number}/{place}", "old": None, "new": {"value": 7.0}, "why": None, "life": "point",
            }
        )  # fmt: skip


def _work(trust: Trust, rows: Rows, project: Any, series: Any, today: date) -> None:
    """An aim, ideas of which one is adopted, cycles, a move, reviews, scores."""
    of, by, begun = {"project_id": project["id"]}, project["lead_id"], project["registered_at"]
    rows["aim"].append(
        {
            "id": trust.new_id(), "version": 1, **of, "by_date": today, "series_id": series["id"], "what": "harm", "unit": "%",
            "start": 12.0, "target": 6.0, "population": "all", "written_at": begun,
        }
    )  # fmt: skip
    for place, status in enumerate((IdeaStatus.ADOPTED, IdeaStatus.TESTING, IdeaStatus.NEW)):
        rows["idea"].append(
            {
                "id": trust.new_id(), "version": 1, **of, "position": place, "status": status, "by_id": by, "at": begun,
                "text": f"Try {trust.draw.choice(WORDS)} with {trust.draw.choice(WORDS)}, way {place}",
            }
        )  # fmt: skip
        rows["cycle"].append(
            {
                "id": trust.new_id(), "version": 1, **of, "number": place + 1, "idea_id": rows["idea"][-1]["id"],
                "title": "A test", "owner_id": by, "kind": CycleKind.TEST, "made_at": begun, "is_quick": False,
                "started": begun.date(), "series_id": series["id"],
                "decision": Decision.ADOPT if not place else None, "decided_at": begun + timedelta(30) if not place else None,
            }
        )  # fmt: skip
    rows["stage_move"].append(
        {
            **of, "from_stage": "understand", "to_stage": project["stage"], "by_id": by, "why": None,
            "at": begun + timedelta(days=trust.draw.randint(20, 90)),
        }
    )  # fmt: skip
    for place in range(4):
        on = begun + timedelta(days=30 * place)
        rows["coach_review"].append(
            {
                "id": trust.new_id(), **of, "by_id": trust.people[N_PEOPLE - 1 - place]["id"], "on": on.date(), "at": on,
                "stage": "deliver", "next_step": "Weigh one more shift", "next_step_on": on.date(),
            }
        )  # fmt: skip
        rows["progress_score"].append(
            {
                "id": trust.new_id(), **of, "scorer": Scorer.TEAM, "tenths": 15 + 5 * place, "on": on.date(), "at": on,
                "by_id": by, "why": "",
            }
        )  # fmt: skip


def _standing(trust: Trust, rows: Rows, project: Any, series: Any, number: int, state: State, today: date) -> None:
    of, since = {"project_id": project["id"]}, today - timedelta(days=number % 90)
    is_late = state in {State.QUIET, State.STALLED, State.DORMANT}
    reason = {
        "code": "points_missing", "sentence": "No data for 7 weeks.", "since": since.isoformat(), "state": state.value,
        "clears": "It clears when the missing numbers are added.", "tool": "measures", "target_key": None,
    }  # fmt: skip
    rows["standing"].append(
        {
            **of, "state": state, "since": since if is_late else None, "code": reason["code"] if is_late else "",
            "sentence": reason["sentence"] if is_late else "", "reasons": [reason] if is_late else [],
            "weight": 100_000 * number, "told": "team coach hub" if is_late and number % 3 else "",
            "hidden_until": today + timedelta(days=3) if number % 40 == 2 else None, "last_life": since, "suggested": 30,
            "team_score": 25, "coach_score": None, "series_id": series["id"], "variation": series["variation"],
            "last_review": since, "has_outcome": True, "next_due": months_after(today.replace(day=1), 1),
            "checked_on": today,
        }
    )  # fmt: skip
    for place in range(4):
        on = today - timedelta(days=25 + 40 * place)
        rows["standing_change"].append(
            {**of, "on": on, "state": STATES[(number + place) % 20], "stage": "deliver", "code": ""}
        )
    if number >= N_UNANSWERED:
        rows["intake"].append(
            {**of, "answer": "welcome", "words": "", "by_id": trust.people[HUB]["id"], "at": project["registered_at"]}
        )
    if number % 3 == 0:
        rows["barrier"].append(
            {
                "id": trust.new_id(), "version": 1, **of, "text": "No scales.", "by_id": project["lead_id"],
                "at": project["registered_at"], "stuck_on": None, "escalated_at": None, "cleared_at": None,
            }
        )  # fmt: skip


def _moment(day: date, days: int) -> datetime:
    return datetime.combine(day + timedelta(days=days), clock_time(10), tzinfo=UTC)
