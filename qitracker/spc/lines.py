"""Centre line and limits of each phase, and where its points lie between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from qitracker.spc.frame import ON_THE_LINE, ROUNDING_OF_A_SUM, Base, Frame
from qitracker.spc.kinds import Kind
from qitracker.spc.patterns import Bools, Flags, Floats, Squeeze, some

SIGMAS = 3.0
"""Control limits stand three sigma from the centre line (Shewhart 1931)."""


class Lines(NamedTuple):
    """The lines of each phase, on the scale on which points are judged, in units before `multiply`.

    `cl` is the line drawn, `middle` that of the limits (another one on a G chart), `unit` the sigma of a point whose
    width is 1: shapes (phases,), NaN where there is none. `slack` is how far the line itself may be off by rounding.
    `kept`: screening would have left nothing but zeros and was not done.
    """

    cl: Floats
    middle: Floats
    unit: Floats
    slack: Floats
    kept: Bools | None


def lines_of(frame: Frame, kind: Kind, still: Bools | None, largest: Floats, per_range: float) -> Lines:
    """The lines of a frame. `still` says of which phases all points are the same (then the limits stand on the line),
    None of none; `largest` the size of the largest value of each phase (NaN without one)."""
    base = Base(frame)
    middle = kind.centre(base)
    given = frame.given_cl
    if given is not None:
        if kind.plotted is not None and kind.judged is not None:
            given = kind.judged(given)
        middle = np.where(np.isnan(given), middle, given)
    cl = middle if kind.drawn is None else kind.drawn(base, np.full_like(middle, np.nan) if given is None else given)
    # A phase may have excluded points alone, and so no largest. Nor is a given line part of it: a limit that lies on
    # nought is a difference of two numbers of its size.
    slack = np.fmax(ROUNDING_OF_A_SUM * base.count * largest, ROUNDING_OF_A_SUM * np.abs(middle))
    if kind.spread is None:
        return Lines(cl, middle, np.full_like(middle, np.nan), np.zeros_like(middle), None)
    found = kind.spread(base, middle, per_range)
    unit, kept = found.unit, found.kept
    if still is not None:
        calm = still if given is None else still & np.isnan(given)
        unit = np.where(calm & ~np.isnan(unit), 0.0, unit)
        middle = np.where(calm, cl, middle)
    return Lines(cl, middle, unit, slack, kept)


def widths(kind: Kind, n: Floats | None) -> Floats | None:
    """The sigma of each point as a multiple of that of its phase; None where all have the same."""
    return None if kind.width is None or n is None else kind.width(n)


def limits(kind: Kind, middle: Floats, unit: Floats, width: Floats | None) -> tuple[Floats, Floats]:
    """The lower and the upper limit, no farther than the chart can hold, on the scale of judging."""
    away = np.multiply(unit, SIGMAS) if width is None else unit * width
    if width is not None:
        away *= SIGMAS
    low: Floats = middle - away
    high: Floats = np.add(middle, away, out=away) if away.shape == low.shape else middle + away
    if kind.floor > -np.inf:
        np.maximum(low, kind.floor, out=low)
    if kind.ceiling < np.inf:
        np.minimum(high, kind.ceiling, out=high)
    return low, high


def near_line(y: Floats, line: Floats, slack: Floats, nearness: float) -> Flags:
    """+1 for values above a line, -1 for those below, 0 for those on it or where one is missing."""
    tolerance = nearness * np.abs(line) + slack
    sides: Flags = (y > line + tolerance).view(np.int8) - (y < line - tolerance).view(np.int8)
    return sides


class Points:
    """The points a rule may look at: `y` their values, `counted` which of them count (None: all).

    Shapes are (points, phases); with a side first, high is before low. `limited` are the sides that have a limit
    (None: both), `has_thirds` the phases with some spread, or the points of them that have a sigma (None: all).
    """

    def __init__(
        self,
        y: Floats,
        counted: Bools | None,
        beyond: Callable[[float], Bools],
        limited: Bools | None,
        has_thirds: Bools | None,
    ) -> None:
        self.y, self.counted, self.limited, self.has_thirds = y, counted, limited, has_thirds
        self._look = beyond
        self._seen: dict[float, Bools] = {}

    def beyond(self, sigmas: float) -> Bools:
        """Which points lie more than so many sigma from the middle, 0 for the sides of the centre line. High, low."""
        if sigmas not in self._seen:
            self._seen[sigmas] = self._look(sigmas)
        return self._seen[sigmas]

    def among(self, columns: np.typing.NDArray[np.intp], squeeze: Squeeze) -> Points:
        """Some phases, with only the points that `squeeze` keeps."""

        def beyond(sigmas: float) -> Bools:
            return squeeze.sides_into(self.beyond(sigmas)[:, :, columns])

        limited = self.limited
        if limited is not None:
            limited = limited[:, :, columns]
            if limited.shape[1] > 1:
                limited = squeeze.sides_into(limited)
        everywhere = np.ones(squeeze.shape, bool)
        y, counted = squeeze.into(self.y[:, columns], np.nan), squeeze.into(everywhere)
        thirds = self.has_thirds
        if thirds is not None:
            thirds = thirds[columns] if thirds.ndim == 1 else squeeze.into(thirds[:, columns])
        return Points(y, counted, beyond, limited, thirds)


_ASKED = (0.0, 1.0, 2.0, SIGMAS)
"""The sigmas that rules ask of; 0 is the centre line."""
_WAYS = np.array([1.0, -1.0])[:, None, None]
_OUT = np.array(_ASKED)[:, None] * _WAYS


class Looking:
    """Where the points of a frame lie between their lines."""

    def __init__(self, frame: Frame, kind: Kind, lines: Lines, width: Floats | None) -> None:
        self._frame, self._kind, self._lines, self._width = frame, kind, lines, width
        spread: Bools = lines.unit > 0
        self._has_thirds = None if spread.all() else spread

    def _passed(self, line: Floats, way: float | Floats) -> Floats:
        """What a point has to pass to be beyond a line and not on it. `way`: +1 upwards, -1 downwards."""
        bound: Floats = line + way * (self._kind.nearness * np.abs(line) + self._lines.slack)
        return bound

    def points(self, counted: Bools | None) -> Points:
        """The points of the frame, for rules that ask only of `counted` ones."""

        def beyond(sigmas: float) -> Bools:
            sides = self.beyond(sigmas)
            return sides if counted is None else sides & counted

        has_thirds = self._has_thirds
        if self._width is not None and some(unknown := np.isnan(self._width)):
            has_thirds = ~unknown if has_thirds is None else has_thirds & ~unknown
        return Points(self._frame.y, counted, beyond, self._limited, has_thirds)

    def beyond(self, sigmas: float) -> Bools:
        """Which points lie more than so many sigma from the middle (0: from the centre line). High, low."""
        y, lines, width = self._frame.y, self._lines, self._width
        if width is None:
            each: Bools = self._beyond_each[_ASKED.index(sigmas)]
            return each
        sides: Bools = np.empty((2, *y.shape), bool)
        if not sigmas:
            np.greater(y, self._passed(lines.cl, 1.0), out=sides[0])
            np.less(y, self._passed(lines.cl, -1.0), out=sides[1])
        elif self._kind.floor >= 0:
            high, low = self._away
            np.greater(high, sigmas * (1.0 + ON_THE_LINE) * lines.unit, out=sides[0])
            np.less(low, -sigmas * (1.0 - ON_THE_LINE) * lines.unit, out=sides[1])
        else:
            away = sigmas * (lines.unit * width)
            np.greater(y, self._passed(lines.middle + away, 1.0), out=sides[0])
            np.less(y, self._passed(lines.middle - away, -1.0), out=sides[1])
        if self._has_thirds is not None and 0 < sigmas < SIGMAS:
            sides[:, :, ~self._has_thirds] = False  # without spread there are no thirds to lie in
        return sides

    @cached_property
    def _beyond_each(self) -> Bools:
        """The same for each number of sigmas that rules ask, where all points have the same width."""
        y, lines = self._frame.y, self._lines
        line = lines.middle + _OUT * lines.unit
        line[:, 0] = lines.cl
        bounds = self._passed(line, _WAYS)
        sides = np.empty((len(_ASKED), 2, *y.shape), bool)
        np.greater(y, bounds[0, :, None], out=sides[:, 0])
        np.less(y, bounds[1, :, None], out=sides[:, 1])
        if self._has_thirds is not None:
            sides[1:-1, :, :, ~self._has_thirds] = False
        return sides

    @cached_property
    def _away(self) -> tuple[Floats, Floats]:
        """How far each point lies from the middle in units of its own width, less the tolerance of the middle; high
        and low. So points of every width can be held against one number a phase. Only for charts whose floor is
        nought: no line that a point can lie beyond is below it, so its tolerance grows with it."""
        y, lines = self._frame.y, self._lines
        high = y - (lines.middle * (1.0 + ON_THE_LINE) + lines.slack)
        low = y - (lines.middle * (1.0 - ON_THE_LINE) - lines.slack)
        width = 1.0 if self._width is None else self._width
        return np.divide(high, width, out=high), np.divide(low, width, out=low)

    @cached_property
    def _limited(self) -> Bools | None:
        """The sides that have a limit, where not all have: a limit past what the chart can hold is none."""
        kind, lines = self._kind, self._lines
        if kind.floor == -np.inf and kind.ceiling == np.inf:
            return None
        width = np.ones((1, 1)) if self._width is None else self._width
        # Past it by more than rounding: nine events a month have their lower limit on nought.
        to_floor = lines.middle * (1.0 + ON_THE_LINE) - kind.floor
        to_ceiling = kind.ceiling * (1.0 + ON_THE_LINE) - lines.middle
        reach = SIGMAS * lines.unit
        limited = np.empty((2, len(width), len(reach)), bool)
        np.greater(width, to_ceiling / reach, out=limited[0])
        np.greater(width, to_floor / reach, out=limited[1])
        return np.logical_not(limited, out=limited)
