"""Ideas, series and cycles for tests, and forms as a browser sends them."""

import re
import uuid
from datetime import date

from qitracker.measures.analysing import analyse_again
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.models import Cycle, Idea, Measure, Point, Series, db
from qitracker.plumbing import clock as wall
from qitracker.spc import Chart, Direction


def make_idea(project, person, text):
    idea = Idea(project_id=project.id, text=text, by_id=person.id, at=wall.now())
    db.session.add(idea)
    db.session.commit()
    return idea


def make_series(project, values, name="Falls"):
    """Monthly counts from January 2025."""
    measure = Measure(
        project_id=project.id,
        name=name,
        kind=MeasureKind.OUTCOME,
        data_type=DataType.COUNT,
        chart=Chart.C,
        direction=Direction.DECREASE,
        rhythm=Rhythm.MONTH,
        unit="falls",
        made_at=wall.now(),
    )
    db.session.add(measure)
    db.session.flush()
    series = Series(project_id=project.id, measure_id=measure.id, unit_id=project.unit_id)
    db.session.add(series)
    db.session.flush()
    db.session.add_all(
        Point(series_id=series.id, on=date(2025, month, 1), value=value) for month, value in enumerate(values, 1)
    )
    analyse_again(series)
    db.session.commit()
    return series


def new(client, project, *, path="new", **data):
    return client.post(f"/projects/{project.id}/cycles/{path}", data={"kind": "test", "title": "Night one"} | data)


def planned(client, project, idea, **data):
    """A cycle planned through the form."""
    answer = new(client, project, idea_id=str(idea.id), **data)
    assert answer.status_code == 303, answer.text
    return cycle_at(answer)


def cycle_at(answer):
    return db.session.get(Cycle, uuid.UUID(answer.location.split("/")[-2]))


def day(prefix, on):
    """The three boxes of a date."""
    return {f"{prefix}-day": str(on.day), f"{prefix}-month": str(on.month), f"{prefix}-year": str(on.year)}


def field_of(page, name):
    """The value of a hidden field of a page."""
    return re.search(rf'name="{name}" value="([^"]*)"', page.text).group(1)
