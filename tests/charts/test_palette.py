"""What each meaning looks like can be told apart: measured, since no browser check reads inside a picture."""

import pytest

from qitracker.charts import palette
from qitracker.charts.palette import LOOKS, TONE_INK, contrast
from qitracker.spc import Meaning

GROUNDS = (palette.WHITE, palette.PAGE)


def test_the_formula_agrees_with_the_extremes_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(
    "colour",
    [look.colour for look in LOOKS.values()]
    + [
        palette.EXCLUDED.colour,
        palette.COMMON_DOT,
        palette.MEAN,
        palette.LIMIT,
        palette.JOIN,
        palette.TARGET,
        palette.BRAND,
    ],
)
def test_marks_and_lines_stand_out_three_to_one(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(
    "ink",
    [look.ink for look in LOOKS.values()]
    + list(TONE_INK.values())
    + [palette.INK, palette.QUIET_INK, palette.TARGET, palette.BRAND],
)
def test_words_are_readable(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("look", LOOKS.values())
def test_words_are_readable_on_the_tint_of_their_box(look: palette.Look) -> None:
    assert contrast(look.ink, look.tint) >= 4.5


def test_words_are_readable_on_every_step_of_the_heat_ramp() -> None:
    assert all(contrast(ink, step) >= 4.5 for ink, step in zip(palette.HEAT_INK, palette.HEAT, strict=True))


def test_no_meaning_is_told_by_colour_alone() -> None:
    assert set(LOOKS) == set(Meaning)
    shapes = {
        LOOKS[m].shape for m in (Meaning.COMMON_CAUSE, Meaning.IMPROVEMENT, Meaning.CONCERN, Meaning.NEUTRAL_HIGH)
    }
    assert len(shapes | {palette.EXCLUDED.shape}) == 5
    assert len({look.word for look in LOOKS.values()}) == len(LOOKS)
