"""How the two workers share the tests: what takes long first, and what shares something dear by one of them.

Not by xdist's own groups: with pytest 9.2 it no longer sees them (github.com/pytest-dev/pytest-xdist/issues/1386).
"""

import gc
import os
from collections.abc import Callable
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST = (  # of the tests that `--durations` names, with those that wait for other programs
    "test_journey_everywhere",
    "test_journey_",
    "tests/demo/",
    "test_bad_input",
    "test_access",
    "test_numbers_law",
    "test_killed",
    "test_from_nothing_to_a_restored_backup",
    "tests/keeping/",
    "test_nonsense_never_breaks_a_form",
)
TOGETHER = {  # by what their ids hold: the server of the journeys, and the demonstration, told once for each engine
    "journeys": ("tests/journeys/",),
    "demonstration on sqlite": ("tests/demo/", "[sqlite"),
    "demonstration on postgresql": ("tests/demo/", "[postgresql"),
}


class Sharing(LoadScopeScheduling):
    """Each test by itself to whoever is free, but for those that belong together."""

    def _split_scope(self, nodeid: str) -> str:
        return next((name for name, parts in TOGETHER.items() if all(part in nodeid for part in parts)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    config.option.loadscopereorder = False  # the order is ours
    return Sharing(config, log)


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], None]:
    """Fails where a second worker of a run begins what one does for all: then nobody heeds what belongs TOGETHER."""

    def begins(what: str) -> None:
        if "PYTEST_XDIST_WORKER" in os.environ:
            mark = tmp_path_factory.getbasetemp().parent / what
            assert not mark.exists(), f"{what}: another worker began with it, too"
            mark.mkdir()

    return begins


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((n for n, name in enumerate(LONGEST) if name in item.nodeid), len(LONGEST)))


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: looking through it again and again for what can be thrown
    away took a sixth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)  # from 700, 10, 10
