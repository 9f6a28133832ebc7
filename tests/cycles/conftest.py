"""What the tests of PDSA cycles share: a project in Co-design with an idea and a measure."""

import pytest

from tests.cycles.rounds import make_idea, make_series


@pytest.fixture
def project(world):
    return world.project(stage="co_design")


@pytest.fixture
def idea(project, world):
    return make_idea(project, world.lead, "Bay nursing at night")


@pytest.fixture
def series(project):
    return make_series(project, [5, 4, 6, 5, 7, 5, 4, 3, 6])


@pytest.fixture
def lead(browser, world):
    return browser(world.lead)
