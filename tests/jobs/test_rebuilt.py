"""After every series was analysed again, the lists say what the charts say."""

from datetime import date

from qitracker.jobs.by_hand import rebuild
from qitracker.measures.analysing import analyse_again
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.models import Measure, Point, Series, Standing, db
from qitracker.plumbing import clock
from qitracker.spc import Chart, Direction
from qitracker.standing.keeping import keep


def test_rebuilding_brings_up_to_date_where_projects_stand(app, world) -> None:
    project = world.project()
    measure = Measure(
        project_id=project.id, name="Falls", kind=MeasureKind.OUTCOME, data_type=DataType.VALUE, chart=Chart.I,
        direction=Direction.DECREASE, rhythm=Rhythm.MONTH, unit="falls", made_at=clock.now(),
    )  # fmt: skip
    db.session.add(measure)
    db.session.flush()
    series = Series(project_id=project.id, measure_id=measure.id, unit_id=world.ward18.id, group="")
    db.session.add(series)
    db.session.flush()
    for place in range(24):
        on = date(2023 + place // 12, place % 12 + 1, 1)
        db.session.add(Point(series_id=series.id, on=on, value=20 + place % 3 if place < 12 else 5 + place % 3))
    db.session.flush()
    analyse_again(series)
    right = series.variation
    assert right != "common_cause"
    series.analysis, series.variation = "{}", "common_cause"  # as an older engine might have left it
    db.session.commit()
    keep([project], clock.today())
    db.session.commit()
    key = project.id
    assert db.session.get(Standing, key).variation == "common_cause"
    assert rebuild(app) == "1 series analysed, 1 had differed from what was stored."
    db.session.expire_all()
    assert db.session.get(Standing, key).variation == right
