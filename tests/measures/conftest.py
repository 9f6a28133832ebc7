"""A project with a measure, small or with forty months of numbers."""

from datetime import date, timedelta

import pytest

from qitracker.measures.actions import add_measure, add_series
from qitracker.measures.analysing import analyse_again
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.models import Measure, Point, Project, Series, db
from qitracker.spc import Direction
from tests.measures.pph_data import PPH
from tests.world import World

MINORITY = "Black and ethnic minority women and birthing people"
WHITE = "White women and birthing people"


@pytest.fixture
def project(world: World) -> Project:
    return world.project()


def with_points(series: Series, rows: list[tuple[date, float, float]]) -> Series:
    for on, numerator, denominator in rows:
        db.session.add(Point(series_id=series.id, on=on, numerator=numerator, denominator=denominator))
    analyse_again(series)
    db.session.commit()
    return series


def with_values(series: Series, values: list[float], start: date = date(2024, 1, 1), days: int = 7) -> Series:
    for week, value in enumerate(values):
        db.session.add(Point(series_id=series.id, on=start + timedelta(days * week), value=value))
    analyse_again(series)
    db.session.commit()
    return series


@pytest.fixture
def bleeds(world: World, project: Project) -> Series:
    """% of births with a large bleed, forty months, one phase, for one group."""
    series = add_measure(
        project,
        by=world.lead,
        name="Births with a large bleed",
        kind=MeasureKind.OUTCOME,
        data_type=DataType.PROPORTION,
        direction=Direction.DECREASE,
        rhythm=Rhythm.MONTH,
        unit="%",
        numerator="large bleeds",
        denominator="births",
        group=MINORITY,
    )
    return with_points(series, [(on, bleeds, births) for on, bleeds, births, _, _ in PPH])


@pytest.fixture
def white(world: World, bleeds: Series) -> Series:
    """The same measure for the other group."""
    series = add_series(bleeds.measure, by=world.lead, unit_id=bleeds.unit_id, group=WHITE)
    return with_points(series, [(on, bleeds, births) for on, _, _, bleeds, births in PPH])


@pytest.fixture
def minutes(world: World, project: Project) -> Series:
    """A weekly time without numbers."""
    series = add_measure(
        project,
        by=world.lead,
        name="Minutes to antibiotic",
        kind=MeasureKind.PROCESS,
        data_type=DataType.VALUE,
        direction=Direction.DECREASE,
        rhythm=Rhythm.WEEK,
        unit="minutes",
    )
    db.session.commit()
    return series


@pytest.fixture
def measure(bleeds: Series) -> Measure:
    return bleeds.measure
