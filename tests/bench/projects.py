"""The rows of one project with five years behind it: 3 measures, 4 ideas, 4 drivers, 4 cycles, steps, an aim."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from qitracker.method.cycles import CycleKind, Decision, Scale, Verdict
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.methods import METHODS
from qitracker.method.roles import Role
from qitracker.method.steps import StepStatus
from qitracker.models import DecisionKind, DriverLevel, Level, Visibility
from qitracker.spc import Chart, Direction
from tests.bench.wards import N_COACHES, N_PEOPLE, Trust

N_MONTHS = 60
N_WEEKS = 260
N_WRITTEN = 9  # the steps that have been written, of 16

Row = dict[str, Any]

MEASURES: tuple[Row, ...] = (
    {
        "name": "Women with 1,000 ml of blood loss or more", "kind": MeasureKind.OUTCOME, "chart": Chart.P,
        "data_type": DataType.PROPORTION, "direction": Direction.DECREASE, "rhythm": Rhythm.MONTH, "unit": "%",
        "multiply": 100.0, "numerator": "Women with 1,000 ml or more", "denominator": "All births",
    },
    {
        "name": "Falls", "kind": MeasureKind.PROCESS, "chart": Chart.C, "data_type": DataType.COUNT,
        "direction": Direction.DECREASE, "rhythm": Rhythm.WEEK, "unit": "falls", "multiply": 1.0,
        "numerator": "Falls in the week", "denominator": "",
    },
    {
        "name": "Minutes to the first antibiotic", "kind": MeasureKind.BALANCING, "chart": Chart.I,
        "data_type": DataType.VALUE, "direction": Direction.DECREASE, "rhythm": Rhythm.MONTH, "unit": "minutes",
        "multiply": 1.0, "numerator": "", "denominator": "",
    },
)  # fmt: skip
WEEKLY = 1  # which of them is counted each week


@dataclass(slots=True)
class Made:
    """Rows by table, and the events of all of them."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    events: list[Row] = field(default_factory=list)


def months_before(today: date) -> list[date]:
    """The first days of the sixty months that are over, oldest first."""
    months = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(months - N_MONTHS, months)]


def weeks_before(today: date) -> list[date]:
    """The Mondays of the 260 weeks that are over, oldest first."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in range(N_WEEKS, 0, -1)]


def make_project(trust: Trust, number: int, today: date) -> Made:
    """Everything of one project but the analyses of its series."""
    made = Made()
    months = months_before(today)
    begun = _moment(months[0])
    lead = number % (N_PEOPLE - N_COACHES)
    project = _project(trust, number, lead, begun)
    made.rows["project"].append(project)
    for offset, role in ((0, Role.PROJECT_LEAD), (1, Role.TEAM_MEMBER), (2, Role.TEAM_MEMBER), (3, Role.SPONSOR)):
        trust.role(
            (lead + offset) % (N_PEOPLE - N_COACHES), role, begun, project_id=project["id"], profession="nursing"
        )
    trust.role(N_PEOPLE - N_COACHES + number % N_COACHES, Role.COACH, begun, project_id=project["id"])
    by = trust.people[lead]["id"]
    series = _measures(trust, made, project, by, today)
    ideas = _ideas(trust, made, project, by, months)
    _drivers(trust, made, project, ideas)
    _cycles(trust, made, project, by, ideas, series, months)
    _steps(trust, made, project, by, months)
    made.rows["aim"].append(
        {
            "id": trust.new_id(), "version": 1, "project_id": project["id"], "by_date": months[-1],
            "series_id": series["id"], "what": MEASURES[0]["name"], "unit": "%", "start": 12.0, "target": 6.0,
            "population": "all women", "written_at": begun,
        }
    )  # fmt: skip
    for noun in ("project", "aim", "idea", "driver", "cycle", "step_entry", "measure", "series", "chart_decision"):
        for row in made.rows[noun]:
            made.events.append(_event(project, by, noun, row["id"], begun, {"title": f"{noun} of project {number}"}))
    return made


def _project(trust: Trust, number: int, lead: int, begun: datetime) -> Row:
    return {
        "id": trust.new_id(), "version": 1, "title": f"Safer care on ward {number}, project {number}",
        "problem": "Too many people come to harm at night, and nobody knows how often.",
        "unit_id": trust.wards[number % len(trust.wards)], "organisation_id": trust.organisation,
        "lead_id": trust.people[lead]["id"], "level": Level.MICRO, "method": "lancashire", "stage": "deliver",
        "visibility": Visibility.OPEN, "is_illustrative": True, "registered_at": begun, "closed_at": None,
        "closed_why": None,
    }  # fmt: skip


def _measures(trust: Trust, made: Made, project: Row, by: Any, today: date) -> Row:
    """The measures with their series and points; the first series, which the aim is about."""
    for place, words in enumerate(MEASURES):
        dates = weeks_before(today) if place == WEEKLY else months_before(today)
        begun = _moment(dates[0])
        inside = {"version": 1, "project_id": project["id"], "position": place}
        measure = {
            "id": trust.new_id(),
            **inside,
            "decimals": 1,
            "made_at": begun,
            "definitions": "As agreed.",
            **words,
        }
        series = {
            "id": trust.new_id(), **inside, "measure_id": measure["id"], "unit_id": project["unit_id"], "group": "",
            "target": 6.0, "target_by": dates[-1],
        }  # fmt: skip
        made.rows["measure"].append(measure)
        made.rows["series"].append(series)
        middle = dates[len(dates) // 2]
        made.rows["chart_decision"].append(
            {
                "id": trust.new_id(), "series_id": series["id"], "kind": DecisionKind.PHASE, "on": middle,
                "reason": "The new way of working began.", "by_id": by, "at": _moment(middle),
            }
        )  # fmt: skip
        made.rows["note"].append(
            {
                "id": trust.new_id(), "series_id": series["id"], "on": dates[-9], "text": "The ward moved.",
                "changes_measurement": False, "by_id": by, "at": _moment(dates[-9]),
            }
        )  # fmt: skip
        for on, numbers in zip(dates, _numbers(trust, words["data_type"], len(dates)), strict=True):
            made.rows["point"].append({"series_id": series["id"], "on": on, **numbers})
            new = {"on": on.isoformat(), **{name: part for name, part in numbers.items() if part is not None}}
            made.events.append(_event(project, by, "point", f"{series['id']}/{on}", _moment(on, 35), new))
    return made.rows["series"][0]


def _numbers(trust: Trust, data_type: DataType, n_points: int) -> Iterator[Row]:
    """Numbers that get better by a third in the middle, so that charts have phases and signals."""
    draw = trust.draw
    for place in range(n_points):
        level = 1.0 if place < n_points // 2 else 0.66
        if data_type is DataType.PROPORTION:
            births = draw.randint(180, 260)
            yield {
                "value": None,
                "numerator": float(round(births * draw.gauss(0.12, 0.02) * level)),
                "denominator": float(births),
            }
        elif data_type is DataType.COUNT:
            yield {"value": float(max(0, round(draw.gauss(9, 3) * level))), "numerator": None, "denominator": None}
        else:
            yield {"value": round(draw.gauss(60, 6) * level, 1), "numerator": None, "denominator": None}


def _ideas(trust: Trust, made: Made, project: Row, by: Any, months: list[date]) -> list[Row]:
    statuses = (IdeaStatus.ADOPTED, IdeaStatus.TESTING, IdeaStatus.PRIORITISED, IdeaStatus.NEW)
    for place, status in enumerate(statuses):
        made.rows["idea"].append(
            {
                "id": trust.new_id(), "version": 1, "project_id": project["id"], "position": place, "status": status,
                "text": f"Weigh the loss at every birth, way {place + 1}", "by_id": by, "at": _moment(months[place]),
                "impact": 4, "effort": place + 1, "can_test_now": True, "owner_id": by,
            }
        )  # fmt: skip
    return made.rows["idea"]


def _drivers(trust: Trust, made: Made, project: Row, ideas: list[Row]) -> None:
    """Two primary drivers, each with a secondary one, each of those with two ideas."""
    for side in range(2):
        pair = []
        for level in DriverLevel:
            driver = {
                "id": trust.new_id(), "version": 1, "project_id": project["id"], "level": level, "position": side,
                "text": f"Recognised early, {level.value} {side + 1}", "why_no_measure": "Too few.", "measure_id": None,
            }  # fmt: skip
            made.rows["driver"].append(driver)
            pair.append(driver["id"])
        below = [(pair[0], pair[1], None), *((pair[1], None, idea["id"]) for idea in ideas[side::2])]
        for above, driver_id, idea_id in below:
            made.rows["driver_link"].append(
                {
                    "id": trust.new_id(), "project_id": project["id"], "driver_id": above,
                    "below_driver_id": driver_id, "below_idea_id": idea_id,
                }
            )  # fmt: skip


def _cycles(trust: Trust, made: Made, project: Row, by: Any, ideas: list[Row], series: Row, months: list[date]) -> None:
    """A ramp of four on the first idea, the last one still to be studied."""
    before = None
    for number in range(1, 5):
        start, is_over = months[number * 12], number < 4
        cycle = {
            "id": trust.new_id(), "version": 1, "project_id": project["id"], "number": number,
            "idea_id": ideas[0]["id"], "follows_id": before, "title": f"Weigh on {number} shifts", "owner_id": by,
            "kind": CycleKind.TEST, "scale": Scale.ONE_SHIFT, "is_quick": False, "made_at": _moment(start),
            "planned_start": start, "planned_end": start + timedelta(days=7), "objective": "Does it fit the work?",
            "change": "One midwife weighs.", "who_where": "Ward", "data_plan": "A tally.", "series_id": series["id"],
            "stop_rule": "", "who_must_know": "", "started": start, "ended": start + timedelta(days=7),
            "as_planned": True, "happened": "Nine of ten were weighed.", "surprises": "", "comments": "",
            "findings": "It takes a minute." if is_over else "", "learnt": "Scales are needed." if is_over else "",
            "side_effects": "", "studied_at": _moment(start, 9) if is_over else None,
            "decision": Decision.ADAPT if is_over else None, "decided_at": _moment(start, 9) if is_over else None,
            "next_change": "", "confidence": 4 if is_over else None, "why": "",
        }  # fmt: skip
        before = cycle["id"]
        made.rows["cycle"].append(cycle)
        for place in range(2):
            made.rows["cycle_question"].append(
                {
                    "cycle_id": before, "position": place, "question": "How many are weighed?",
                    "prediction": "Eight of ten", "verdict": Verdict.RIGHT if is_over else None, "saw": "Nine",
                }
            )  # fmt: skip
            made.rows["cycle_task"].append(
                {"cycle_id": before, "position": place, "text": "Fetch the scales", "who": "", "is_done": True}
            )


def _steps(trust: Trust, made: Made, project: Row, by: Any, months: list[date]) -> None:
    steps = [step for _, step in METHODS["lancashire"].steps()]
    for place, step in enumerate(steps[:N_WRITTEN]):
        at = _moment(months[place])
        made.rows["step_entry"].append(
            {
                "id": trust.new_id(), "version": 1, "project_id": project["id"], "step": step.key,
                "status": StepStatus.DONE, "answers": {question.key: "As the team wrote it." for question in step.asks},
                "owner_id": by, "due": months[place], "changed_at": at,
            }
        )  # fmt: skip
        made.rows["evidence"].append(
            {
                "id": trust.new_id(), "project_id": project["id"], "step": step.key, "kind": "note", "noun_id": None,
                "address": None, "words": "A photo of the map on the wall.", "by_id": by, "at": at,
            }
        )  # fmt: skip
    for place in range(3):
        made.rows["coach_word"].append(
            {
                "id": trust.new_id(), "project_id": project["id"], "by_id": by, "at": _moment(months[place * 9]),
                "text": "Ask the night staff, too.", "answers_id": None,
            }
        )  # fmt: skip


def _event(project: Row, by: Any, noun: str, noun_id: object, at: datetime, new: Row) -> Row:
    return {
        "at": at, "by_id": by, "verb": "added", "noun": noun, "noun_id": str(noun_id), "project_id": project["id"],
        "old": None, "new": new, "why": None,
    }  # fmt: skip


def _moment(day: date, later: int = 0) -> datetime:
    return datetime.combine(day, time(10), tzinfo=UTC) + timedelta(days=later)
