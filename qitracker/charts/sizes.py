"""The two drawings of a chart. One picture scaled from a wide page to a phone cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Width(StrEnum):
    """For which page a chart is drawn."""

    DESKTOP = "desktop"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of one drawing: ``width`` of the whole, ``height`` of the plot.

    ``font`` and ``small`` are font sizes; ``x_ticks`` and ``y_ticks`` the most of them; ``rows`` the most rows
    of labels above the plot; ``label`` the longest such label. On a phone ``stacked`` breaks end labels in
    two lines and puts the key one under the other.
    """

    width: int
    height: int
    font: float
    small: float
    x_ticks: int
    y_ticks: int
    rows: int
    row: int
    label: int
    stacked: bool


SIZES: Mapping[Width, Size] = MappingProxyType(
    {
        Width.DESKTOP: Size(960, 340, 15, 13, 9, 7, 6, 18, 260, stacked=False),
        Width.PHONE: Size(330, 240, 14, 12, 4, 7, 6, 17, 120, stacked=True),
    }
)
