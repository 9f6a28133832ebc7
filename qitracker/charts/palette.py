"""What each meaning looks like: a colour, a shape and a word, always the three together.

Colour alone is not enough for about one man in twelve, nor on a black and white print (WCAG 2.2, success
criterion 1.4.1). The common NHS blue #00b0f0 and grey #a6a6a6 of SPC charts stay below 3:1 on white
(criterion 1.4.11), so these are darker; the tests measure every pair that is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from qitracker.spc import Meaning

FONT = "Arial, Helvetica, sans-serif"

WHITE = "#ffffff"
PAGE = "#f0f4f5"  # NHS design system, grey 5: the page behind the cards
INK = "#212b32"  # NHS design system, text
QUIET_INK = "#4c6272"  # NHS design system, secondary text; limits and phases
GRID = "#e3e8eb"  # below 3:1 on purpose: the grid helps, it says nothing
AXIS = "#768692"
BAND = "#f0f4f5"
EXPECTED = "#d3dee4"  # drawn so thin over white that it looks like BAND, and the grid shows through
MEAN = INK
LIMIT = QUIET_INK
JOIN = "#5b6f7b"
BRAND = "#005eb8"  # NHS blue: the aim, and what the team did
TARGET = "#7a4200"  # told apart by its long dashes and its label


@dataclass(frozen=True, slots=True)
class Look:
    """How one meaning is drawn and said.

    ``shape`` is a Vega symbol name; ``area`` its size in square pixels, chosen so that all weigh alike to
    the eye; ``ink`` is for words; ``tint`` is the background of a box with that meaning.
    """

    colour: str
    shape: str
    area: int
    word: str
    ink: str
    tint: str


COMMON = Look("#768692", "circle", 42, "Common cause", INK, PAGE)
IMPROVEMENT = Look("#00709e", "square", 62, "Special cause: improvement", "#00557a", "#e3f2f8")
CONCERN = Look("#c8500a", "triangle-up", 78, "Special cause: concern", "#8f3500", "#fdece0")
NEUTRAL_HIGH = Look("#490092", "diamond", 74, "Special cause: higher", "#490092", "#efe6f8")
NEUTRAL_LOW = Look("#490092", "diamond", 74, "Special cause: lower", "#490092", "#efe6f8")
EXCLUDED = Look("#5b6f7b", "cross", 64, "Left out of the calculation", INK, PAGE)

NEUTRAL_KEY = "Special cause: higher or lower"  # one entry in the key for both, they look the same
COMMON_DOT = "#5b6f7b"  # for dots too small for the lighter grey

LOOKS: Mapping[Meaning, Look] = MappingProxyType(
    {
        Meaning.COMMON_CAUSE: COMMON,
        Meaning.IMPROVEMENT: IMPROVEMENT,
        Meaning.CONCERN: CONCERN,
        Meaning.NEUTRAL_HIGH: NEUTRAL_HIGH,
        Meaning.NEUTRAL_LOW: NEUTRAL_LOW,
    }
)

HEAT = ("#f0f4f5", "#c6dff0", "#7fb3d8", "#2773b0", "#003087")
HEAT_INK = (INK, INK, INK, WHITE, WHITE)


class Tone(StrEnum):
    """How the state of a change idea is coloured; its word always stands beside it."""

    QUIET = "quiet"  # not tested, abandoned
    ACTIVE = "active"  # being tested, adapted
    GOOD = "good"  # adopted, spread
    PAUSED = "paused"  # waiting for something


TONE_INK: Mapping[Tone, str] = MappingProxyType(
    {Tone.QUIET: QUIET_INK, Tone.ACTIVE: "#00557a", Tone.GOOD: "#00662f", Tone.PAUSED: "#8f3500"}
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
