"""What the tests of numbers share: a project with a measure of each shape, and a lead's browser."""

import pytest

from qitracker.method.measures import DataType, Rhythm
from tests.feeds.charts import make_series


@pytest.fixture
def project(world):
    return world.project()


@pytest.fixture
def falls(project):
    """A monthly count, with January to September 2025."""
    return make_series(project, [9, 7, 8, 12, 10, 7, 9, 11, 8])


@pytest.fixture
def bleeds(project):
    """A monthly proportion, with January to August 2025; September is missing."""
    counts = [(9, 78), (8, 74), (10, 81), (7, 70), (11, 92), (9, 80), (8, 77), (9, 79)]
    return make_series(project, counts, DataType.PROPORTION)


@pytest.fixture
def minutes(project):
    """A measured value, whenever there is one; no points yet."""
    return make_series(project, [], DataType.VALUE, rhythm=Rhythm.NONE)


@pytest.fixture
def lead(browser, world):
    return browser(world.lead)


@pytest.fixture
def member(browser, world):
    return browser(world.member)
