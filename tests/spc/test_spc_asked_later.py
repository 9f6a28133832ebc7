"""What an analysis works out only when asked is the same whenever, and however often, it is asked."""

import copy
import gc
import pickle
import weakref
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from itertools import permutations

import numpy as np
import pytest

from qitracker.spc import Analysis, Batch, Chart, CloseTo, Direction, Series, analyse, analyse_all
from qitracker.spc.batch import CELLS_OF_A_PIECE
from qitracker.spc.values import ASKED_LATER

BEFORE, AFTER = (9, 11, 10, 12, 9, 10, 11, 9, 12, 10, 8, 10), (20, 22, 21, 23, 20, 21, 22, 20)
SHIFTED = Series(Chart.I, (*BEFORE, *AFTER), direction=Direction.INCREASE)
WARNED = Series(Chart.I, (*(6, 4) * 10, *(5.6, 5.7) * 3, 5.6), direction=Direction.INCREASE)
SPARSE = Series(Chart.C, (0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0))
MANY = [SHIFTED, WARNED, SPARSE, WARNED]


def asked(analysis: Analysis) -> set[str]:
    return set(ASKED_LATER) & set(vars(analysis))


def test_the_cases_have_something_to_say_in_each_field() -> None:
    said = analyse_all(MANY)
    for name in ASKED_LATER:
        assert {getattr(one, name) for one in said} - {(), CloseTo()}, name


@pytest.mark.parametrize("order", [*permutations(ASKED_LATER)][::17])
def test_the_order_of_asking_changes_nothing(order: tuple[str, ...]) -> None:
    for one, whole in zip(analyse_all(MANY), analyse_all(MANY), strict=True):
        assert asked(one) == set()
        said = {name: getattr(one, name) for name in order}
        assert asked(one) == set(ASKED_LATER)
        assert all(getattr(one, name) is found for name, found in said.items())  # kept, not made again
        assert one == whole


def test_series_that_came_together_say_what_each_says_alone() -> None:
    together = analyse_all(MANY)
    for one, series in zip(reversed(together), reversed(MANY), strict=True):
        assert one == analyse(series)
        assert one.to_json() == analyse(series).to_json()


COPIES: dict[str, Callable[[Analysis], Analysis]] = {
    "pickle": lambda one: pickle.loads(pickle.dumps(one)),
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
    "replace": lambda one: replace(one, id=one.id),
    "json": lambda one: Analysis.from_json(one.to_json()),
}


@pytest.mark.parametrize("way", COPIES)
def test_a_copy_is_whole_before_anything_was_asked(way: str) -> None:
    for series in MANY:
        made = COPIES[way](analyse(series))
        assert asked(made) == set(ASKED_LATER)
        assert made == analyse(series)
        assert hash(made) == hash(analyse(series))


def test_an_analysis_stays_frozen() -> None:
    one = analyse(SHIFTED)
    for name in (*ASKED_LATER, "cl", "nonsense"):
        with pytest.raises(FrozenInstanceError):
            setattr(one, name, ())
        with pytest.raises(FrozenInstanceError):
            delattr(one, name)
    assert one == analyse(SHIFTED)


def test_what_an_analysis_has_not_is_no_attribute() -> None:
    one = analyse(SHIFTED)
    for name in ("nonsense", "_nonsense", "__deepcopy__"):
        with pytest.raises(AttributeError, match=name):
            getattr(one, name)


def test_an_analysis_that_said_everything_lets_go_of_its_batch() -> None:
    y = np.array([SHIFTED.y, SHIFTED.y], float)
    gone = weakref.ref(y)
    one = analyse(Batch(Chart.I, y)).row(0)
    del y
    one.to_json()
    gc.collect()
    assert gone() is None


def test_limits_that_move_are_kept_and_not_to_be_written_to() -> None:
    draw = np.random.default_rng(6)
    n = draw.integers(20, 90, (2 * CELLS_OF_A_PIECE // 60, 60)).astype(float)
    found = analyse(Batch(Chart.P, draw.binomial(n.astype(int), 0.2).astype(float), n, multiply=100.0))
    last = found.row(len(found) - 1)
    assert (tuple(found.lcl[-1].tolist()), tuple(found.ucl[-1].tolist())) == (last.lcl, last.ucl)
    assert found.ucl is found.ucl
    for line in (found.cl, found.lcl, found.ucl):
        with pytest.raises(ValueError, match="read-only"):
            line[0, 0] = 0.0
