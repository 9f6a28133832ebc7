"""Series for tests, and what is stored of them."""

import re
import uuid
from datetime import date

from qitracker.feeds.changes import points_of
from qitracker.measures.analysing import analyse, analyse_again
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.models import ChartDecision, Event, Measure, Point, Series, db
from qitracker.plumbing import clock as wall
from qitracker.spc import Chart, Direction

CHARTS = {
    DataType.COUNT: (Chart.C, "falls", 1.0),
    DataType.PROPORTION: (Chart.P, "%", 100.0),
    DataType.RATE: (Chart.U, "per 1,000 bed days", 1000.0),
    DataType.VALUE: (Chart.I, "minutes", 1.0),
    DataType.NOT_SURE: (Chart.RUN, "", 1.0),
    DataType.SEVERAL: (Chart.XBAR, "minutes", 1.0),
    DataType.BETWEEN: (Chart.T, "days", 1.0),
}


def make_series(project, numbers, data_type=DataType.COUNT, *, rhythm=Rhythm.MONTH, unit=None, name="Falls"):
    """A series with these numbers (values, or pairs) for the months from January 2025."""
    chart, usual, multiply = CHARTS[data_type]
    takes_counts = data_type in {DataType.PROPORTION, DataType.RATE}
    measure = Measure(
        project_id=project.id,
        name=name,
        kind=MeasureKind.OUTCOME,
        data_type=data_type,
        chart=chart,
        direction=Direction.DECREASE,
        rhythm=rhythm,
        unit=usual if unit is None else unit,
        multiply=multiply,
        numerator="Women who lost 1.5 litres or more" if takes_counts else "",
        denominator="Women who gave birth" if takes_counts else "",
        made_at=wall.now(),
    )
    db.session.add(measure)
    db.session.flush()
    series = Series(project_id=project.id, measure_id=measure.id, unit_id=project.unit_id)
    db.session.add(series)
    db.session.flush()
    for month, number in enumerate(numbers, 1):
        some, out_of = number if takes_counts else (None, None)
        value = None if takes_counts else number
        db.session.add(
            Point(series_id=series.id, on=date(2025, month, 1), value=value, numerator=some, denominator=out_of)
        )
    analyse_again(series)
    db.session.commit()
    return series


def stored(series):
    """The points as {date: (first,) or (first, second)}."""
    return {on: tuple(numbers.row) for on, numbers in points_of(series).items()}


def events(series):
    """The events about points of this series, oldest first."""
    found = db.session.query(Event).filter(Event.noun.in_(["point", "points"])).order_by(Event.id)
    return [event for event in found if event.noun_id.startswith(str(series.id))]


def is_analysed(series):
    """Whether the stored analysis is what the stored points give."""
    db.session.expire_all()
    points = db.session.query(Point).filter_by(series_id=series.id).order_by(Point.on).all()
    decisions = db.session.query(ChartDecision).filter_by(series_id=series.id).all()
    fresh = analyse(series, series.measure, points, decisions)
    return series.analysis == (fresh.to_json() if fresh else None) and series.n_points == len(points)


def add(client, series, on="2025-10-01", **data):
    return client.post(f"/series/{series.id}/add", data={"on": on} | data)


def hidden(answer, name):
    """What a hidden field of the page carries."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    return found[1] if found else None


def paste(client, series, text, **data):
    """Paste, and open the check page: its address and its answer."""
    answer = client.post(f"/series/{series.id}/paste", data={"text": text} | data)
    assert answer.status_code == 303, answer.text
    return answer.location, client.get(answer.location)


def save(client, address, page, **data):
    """Send the check page as it stands."""
    form = {"seen": hidden(page, "seen") or "", "submission": str(uuid.uuid4()), "existing": "replace"}
    return client.post(address, data=form | data)


def correct(client, series, on, was, **data):
    return client.post(f"/series/{series.id}/points/{on}", data={"was": was} | data)
