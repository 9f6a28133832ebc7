"""Phases, the offer of a new one, and the evidence for one that was started."""

from dataclasses import replace
from datetime import date

import pytest

from qitracker.spc import (
    Assurance,
    Chart,
    Direction,
    Meaning,
    Series,
    Signal,
    Variation,
    analyse,
    kind_to_draw,
    shift_against,
)

# Forty months of postpartum haemorrhages and births in one group of women, June 2022 to September 2025.
HAEMORRHAGES = (6, 8, 7, 12, 9, 12, 10, 6, 12, 9, 10, 6, 5, 9, 15, 8, 8, 10, 11, 10, 10, 8, 14, 12)
HAEMORRHAGES += (8, 8, 6, 7, 6, 6, 7, 9, 5, 7, 5, 10, 5, 7, 6, 11)
BIRTHS = (76, 88, 82, 88, 81, 73, 82, 69, 83, 82, 71, 70, 75, 69, 88, 79, 78, 88, 75, 79, 84, 78, 79, 76)
BIRTHS += (80, 76, 73, 75, 82, 82, 71, 88, 88, 88, 70, 81, 74, 68, 87, 77)
MONTHS = tuple(date(2022 + (5 + k) // 12, (5 + k) % 12 + 1, 1).isoformat() for k in range(40))
PPH = Series(Chart.P, HAEMORRHAGES, BIRTHS, MONTHS, multiply=100.0, direction=Direction.DECREASE)


def test_a_phase_without_a_line_is_not_called_steady() -> None:
    """Its whole baseline is missing or left out: no point says anything, and neither does the latest."""
    y = (None, 4, 6, 3, 5, 7, 4, 6, 5, 3, 4, 6, 5, 7, 4)
    found = analyse(Series(Chart.C, y, freeze=1, direction=Direction.DECREASE))
    assert set(found.meaning) == {None}
    assert found.variation is Variation.NOT_ENOUGH_DATA


def test_a_phase_says_why_it_was_started() -> None:
    evidence = shift_against(analyse(replace(PPH, part=(24,))), 2)
    assert evidence is not None
    assert round(evidence.cl_before, 1) == 12.0
    assert round(evidence.cl_after, 1) == 9.0
    assert MONTHS[evidence.start] == "2024-06-01"
    assert MONTHS[evidence.confirmed] == "2025-01-01"
    assert (evidence.run_length, evidence.side, evidence.meaning) == (11, -1, Meaning.IMPROVEMENT)


def test_a_phase_without_a_shift_has_no_evidence() -> None:
    found = analyse(replace(PPH, part=(12, 24)))
    assert shift_against(found, 2) is None
    assert shift_against(found, 1) is None
    assert shift_against(found, 9) is None


def test_a_frozen_baseline_shows_the_shift_from_june() -> None:
    found = analyse(replace(PPH, freeze=24))
    assert not any(flag for flags in found.signals.values() for flag in flags[:24])
    assert found.signals[Signal.SHIFT8] == (0,) * 24 + (-1,) * 11 + (0,) * 5
    assert found.meaning[24:35] == (Meaning.IMPROVEMENT,) * 11
    assert found.variation is Variation.COMMON_CAUSE


def test_phases_in_a_line() -> None:
    first, second = analyse(replace(PPH, part=(24,))).phases
    assert (first.number, first.first, first.last, first.n_points, first.n_baseline) == (1, 0, 23, 24, 24)
    assert (second.number, second.first, second.last, second.n_points, second.is_trial) == (2, 24, 39, 16, True)
    assert first.is_trial is False
    assert first.mean_n == pytest.approx(78.875)
    spread = 3 * (0.11991547807712626 * (1 - 0.11991547807712626) / 78.875) ** 0.5
    assert first.lcl == pytest.approx(11.991547807712626 - 100 * spread)
    assert first.ucl == pytest.approx(11.991547807712626 + 100 * spread)
    assert second.lcl == 0.0


def test_a_lasting_shift_offers_a_new_phase() -> None:
    (offer,) = analyse(replace(PPH, freeze=24)).suggestions
    after = analyse(replace(PPH, part=(24,))).phases[1]
    assert (offer.code, MONTHS[offer.at], MONTHS[offer.confirmed_at]) == ("new_phase", "2024-06-01", "2025-01-01")
    assert (offer.points, offer.side, offer.meaning) == (11, -1, Meaning.IMPROVEMENT)
    assert (offer.cl_new, offer.lcl_new, offer.ucl_new) == (after.cl, after.lcl, after.ucl)
    assert offer.cl_now == pytest.approx(11.99, abs=0.01)


STEADY = (10, 12, 11, 9, 10, 8, 11, 9, 12, 10, 9, 11, 10)
OFFERS = [
    ("seven points are too few", (*STEADY, *(14, 15) * 3, 14), None),
    ("eight are enough", (*STEADY, *(14, 15) * 4), 13),
    ("one contrary point does not end it", (*STEADY, *(14, 15) * 4, 9), 13),
    ("three contrary points of eleven do", (*STEADY, *(14, 15) * 4, 9, 9, 9), None),
    ("a shift that is over", (*STEADY, *(14, 15) * 4, *STEADY), None),
    ("the later of two", (*STEADY, *(14, 15) * 4, *(6, 5) * 4), 21),
    ("a phase that began with it", (14, 15) * 8, None),
]


@pytest.mark.parametrize(("name", "y", "at"), OFFERS, ids=[row[0] for row in OFFERS])
def test_when_a_new_phase_is_offered(name: str, y: tuple[float, ...], at: int | None) -> None:
    freeze = 13 if len(y) > 16 else None
    offers = analyse(Series(Chart.I, y, freeze=freeze)).suggestions
    assert [offer.at for offer in offers] == ([] if at is None else [at])


def test_an_offer_on_a_long_drift_is_made_once() -> None:
    (offer,) = analyse(Series(Chart.I, tuple(range(5000)))).suggestions
    assert offer.at == 2500
    assert offer.points == 2500


def test_an_offer_taken_is_not_made_again() -> None:
    y = (*STEADY, *(14, 15) * 4)
    assert analyse(Series(Chart.I, y, freeze=13)).suggestions
    assert not analyse(Series(Chart.I, y, freeze=13, part=(13,))).suggestions


def test_each_phase_may_have_its_own_baseline() -> None:
    y = (1, 3, 5, 5, 10, 12, 20, 20)
    assert analyse(Series(Chart.I, y, part=(4,), freeze=(2, None))).cl == (2.0,) * 4 + (15.5,) * 4
    assert analyse(Series(Chart.I, y, part=(4,), freeze=2)).cl == (2.0,) * 4 + (11.0,) * 4
    assert analyse(Series(Chart.I, y, part=(2,), freeze=6)).cl == (2.0,) * 2 + (12.0,) * 6


# Provost and Murray, The Health Care Data Guide, 2011, chapter 4: limits from 12 points, firm from 20.
@pytest.mark.parametrize(
    ("points", "drawn", "cautions"),
    [
        (11, Chart.RUN, {"short_baseline"}),
        (12, Chart.I, {"trial_limits"}),
        (19, Chart.I, {"trial_limits"}),
        (20, Chart.I, set()),
    ],
)
def test_which_chart_to_draw(points: int, drawn: Chart, cautions: set[str]) -> None:
    y = (10, 12, 11, 9, 10, 8, 11, 9, 12, 10, 9, 11, 10, 8, 12, 9, 11, 10, 12, 8)[:points]
    assert kind_to_draw(Chart.I, points) is drawn
    assert {caution.code for caution in analyse(Series(Chart.I, y)).warnings} == cautions
    assert kind_to_draw(Chart.RUN, points) is Chart.RUN


@pytest.mark.parametrize(
    ("chart", "cautions"),
    [
        (Chart.P, set()),
        (Chart.U, set()),
        (Chart.C, set()),
        (Chart.G, set()),
        (Chart.PP, {"short_baseline"}),
        (Chart.UP, {"short_baseline"}),
        (Chart.IP, {"short_baseline"}),
        (Chart.I, {"short_baseline"}),
    ],
)
def test_a_line_from_elsewhere_spares_a_baseline_where_it_gives_the_limits(chart: Chart, cautions: set[str]) -> None:
    """Sigma z of a prime chart is told from the values, whatever the line."""
    n = (30.0,) * 7 if chart in {Chart.P, Chart.PP, Chart.U, Chart.UP, Chart.IP} else None
    found = analyse(Series(chart, (3, 4, 2, 4, 3, 5, 2), n=n, cl=0.1 if n else 3.0))
    assert {caution.code for caution in found.warnings} == cautions


TARGETS = [
    (Direction.INCREASE, 40.0, Assurance.CONSISTENT_PASS),
    (Direction.INCREASE, 70.0, Assurance.CONSISTENT_PASS),
    (Direction.INCREASE, 100.0, Assurance.INCONSISTENT),
    (Direction.INCREASE, 130.0, Assurance.CONSISTENT_FAIL),
    (Direction.DECREASE, 140.0, Assurance.CONSISTENT_PASS),
    (Direction.DECREASE, 130.0, Assurance.CONSISTENT_PASS),
    (Direction.DECREASE, 60.0, Assurance.CONSISTENT_FAIL),
    (Direction.NEUTRAL, 40.0, None),
    (Direction.INCREASE, None, None),
]


@pytest.mark.parametrize(("direction", "target", "expected"), TARGETS)
def test_assurance(direction: Direction, target: float | None, expected: Assurance | None) -> None:
    series = Series(Chart.C, (100, 105, 95) * 5, cl=100.0, direction=direction, target=target)
    assert analyse(series).assurance is expected
    assert analyse(replace(series, y=series.y[:12])).assurance is None


def test_without_variation_the_centre_line_decides() -> None:
    full = Series(Chart.P, (20,) * 14, (20,) * 14, multiply=100.0, direction=Direction.INCREASE)
    assert analyse(replace(full, target=95.0)).assurance is Assurance.CONSISTENT_PASS
    assert analyse(replace(full, target=100.0)).assurance is Assurance.CONSISTENT_PASS
    none = Series(Chart.C, (0,) * 14, direction=Direction.DECREASE, target=1.0)
    assert analyse(none).assurance is Assurance.CONSISTENT_PASS


VARIATIONS = [
    (Direction.INCREASE, 131, Variation.IMPROVEMENT_HIGH, Meaning.IMPROVEMENT),
    (Direction.INCREASE, 69, Variation.CONCERN_LOW, Meaning.CONCERN),
    (Direction.DECREASE, 131, Variation.CONCERN_HIGH, Meaning.CONCERN),
    (Direction.DECREASE, 69, Variation.IMPROVEMENT_LOW, Meaning.IMPROVEMENT),
    (Direction.NEUTRAL, 131, Variation.NEUTRAL_HIGH, Meaning.NEUTRAL_HIGH),
    (Direction.NEUTRAL, 69, Variation.NEUTRAL_LOW, Meaning.NEUTRAL_LOW),
    (Direction.INCREASE, 101, Variation.COMMON_CAUSE, Meaning.COMMON_CAUSE),
]


@pytest.mark.parametrize(("direction", "latest", "variation", "meaning"), VARIATIONS)
def test_the_latest_point_says(direction: Direction, latest: int, variation: Variation, meaning: Meaning) -> None:
    y = (99, 112, 95, 104) * 3
    found = analyse(Series(Chart.C, (*y, latest), cl=100.0, direction=direction))
    assert (found.variation, found.meaning[-1]) == (variation, meaning)
    assert analyse(Series(Chart.C, (*y, latest, None), cl=100.0, direction=direction)).variation is variation
    assert analyse(Series(Chart.C, (*y[1:], latest), cl=100.0)).variation is Variation.NOT_ENOUGH_DATA


def test_every_point_of_the_longest_series_may_be_a_phase_of_its_own() -> None:
    """Then each phase holds one value alone, and neither memory nor time may grow with phases times points."""
    size = 100_000
    found = analyse(Series(Chart.C, tuple(at % 7 for at in range(size)), part=tuple(range(1, size))))
    assert found.cl == found.y
    assert found.ucl[4] == pytest.approx(10.0)
    assert len(found.runs) == size
