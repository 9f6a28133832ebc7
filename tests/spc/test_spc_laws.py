"""Laws that hold for every series, tried on many."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qitracker.spc import (
    Analysis,
    Chart,
    Direction,
    Refused,
    RuleSet,
    Series,
    Signal,
    XKind,
    analyse,
    analyse_all,
    analyse_each,
)

quick = settings(max_examples=60, deadline=None)
SIDELESS = {Signal.INNER15, Signal.NELSON4, Signal.NELSON7, Signal.NELSON8}
# NHSRplotthedots calls a level step between two trends falling, whichever way they go: it has no mirror.
MIRRORED = [rules for rules in RuleSet if rules is not RuleSet.PLOTTHEDOTS]


@st.composite
def value_series(draw: st.DrawFn, charts: tuple[Chart, ...] = (Chart.RUN, Chart.I)) -> Series:
    """Values on a grid, with gaps, phases, a baseline and excluded points."""
    cells = st.one_of(st.integers(-40, 40).map(lambda eighths: eighths / 8), st.none())
    y = draw(st.lists(cells, min_size=1, max_size=40).filter(lambda found: any(one is not None for one in found)))
    return draw(dressed(Series(draw(st.sampled_from(charts)), tuple(y))))


@st.composite
def count_series(draw: st.DrawFn) -> Series:
    """Counts out of denominators, with missing pairs."""
    pairs = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    rows = draw(st.lists(st.one_of(pairs, st.just((None, None))), min_size=1, max_size=40))
    rows = [*rows, (1, 9)]
    charts = (Chart.P, Chart.PP, Chart.U, Chart.UP, Chart.IP, Chart.C, Chart.G)
    chart = draw(st.sampled_from(charts))
    return draw(dressed(Series(chart, tuple(y for y, _ in rows), tuple(n for _, n in rows), multiply=100.0)))


@st.composite
def dressed(draw: st.DrawFn, series: Series) -> Series:
    size = len(series.y)
    positions = st.lists(st.integers(1, size), max_size=3, unique=True).map(sorted)
    return replace(
        series,
        part=tuple(at for at in draw(positions) if at < size),
        exclude=tuple(draw(positions)),
        freeze=draw(st.one_of(st.none(), st.integers(1, size))),
        direction=draw(st.sampled_from(Direction)),
        screen=draw(st.one_of(st.none(), st.booleans())),
    )


@st.composite
def time_series(draw: st.DrawFn) -> Series:
    """Times between events, and subgroups, several rows to a point."""
    rows = draw(st.lists(st.integers(1, 400).map(float), min_size=1, max_size=60))
    chart = draw(st.sampled_from((Chart.T, Chart.MR, Chart.XBAR, Chart.S)))
    if chart in {Chart.T, Chart.MR}:
        return draw(dressed(Series(chart, tuple(rows))))
    x = tuple(at // draw(st.integers(2, 5)) for at in range(len(rows)))
    return replace(Series(chart, tuple(rows), x=tuple(sorted(x))), direction=draw(st.sampled_from(Direction)))


any_series = st.one_of(value_series(), count_series())
every_kind = st.one_of(value_series(), count_series(), time_series())


def times(values: tuple[float | None, ...], factor: float) -> list[Any]:
    return [None if one is None else pytest.approx(one * factor, rel=1e-9, abs=1e-9 * factor) for one in values]


@quick
@given(value_series(), st.sampled_from((0.001, 0.3, 7.0, 1000.0)))
def test_scaling_the_values_scales_the_lines_and_keeps_the_flags(series: Series, factor: float) -> None:
    plain = analyse(series)
    scaled = analyse(replace(series, y=tuple(None if one is None else one * factor for one in series.y)))
    for key in ("cl", "lcl", "ucl", "sigma"):
        assert list(getattr(scaled, key)) == times(getattr(plain, key), factor), key
    assert scaled.signals == plain.signals
    assert scaled.runs == plain.runs


@quick
@given(value_series((Chart.I,)), st.integers(-5, 5))
def test_moving_the_values_moves_the_lines_and_keeps_the_flags(series: Series, eighths: int) -> None:
    plain = analyse(series)
    moved = analyse(replace(series, y=tuple(None if one is None else one + eighths / 8 for one in series.y)))
    assert moved.signals == plain.signals
    assert moved.runs == plain.runs
    for key in ("cl", "lcl", "ucl"):
        expected = [None if one is None else pytest.approx(one + eighths / 8, abs=1e-9) for one in getattr(plain, key)]
        assert list(getattr(moved, key)) == expected, key


@quick
@given(value_series((Chart.I,)), st.sampled_from(MIRRORED))
def test_mirrored_values_mirror_the_signals(series: Series, rules: RuleSet) -> None:
    series = replace(series, rules=rules)
    plain = analyse(series)
    mirrored = analyse(replace(series, y=tuple(None if one is None else -one for one in series.y)))
    for signal, flags in plain.signals.items():
        sign = 1 if signal in SIDELESS else -1
        assert mirrored.signals[signal] == tuple(sign * flag for flag in flags), signal
    assert list(mirrored.ucl) == times(plain.lcl, -1.0)
    assert mirrored.runs == plain.runs


@quick
@given(any_series, st.integers(0, 30))
def test_a_new_point_never_changes_an_earlier_phase(series: Series, value: int) -> None:
    longer = replace(series, y=(*series.y, value), n=None if series.n is None else (*series.n, 31))
    before, after = analyse(series), analyse(longer)
    assume(len({*before.y} - {None}) > 1)  # a constant series is one no longer: test_spc_choices.py
    earlier = series.part[-1] if series.part else 0
    for key in ("x", "y", "n", "phase", "baseline", "included", "cl", "lcl", "ucl", "sigma", "meaning"):
        assert getattr(after, key)[:earlier] == getattr(before, key)[:earlier], key
    for signal, flags in before.signals.items():
        assert after.signals[signal][:earlier] == flags[:earlier], signal
    assert after.runs[: len(series.part)] == before.runs[: len(series.part)]
    assert after.phases[: len(series.part)] == before.phases[: len(series.part)]


@quick
@given(every_kind)
def test_a_line_is_missing_only_for_a_reason(series: Series) -> None:
    found = analyse(series)
    by_code = {caution.code for caution in found.warnings}
    for at, line in enumerate(found.cl):
        limits = (found.lcl[at], found.ucl[at], found.sigma[at])
        if line is None:
            assert "no_centre_line" in by_code
            assert limits == (None, None, None)
        elif series.chart is Chart.RUN:
            assert limits == (None, None, None)
        elif None in limits:
            by_point = series.n is not None or series.chart in {Chart.XBAR, Chart.S}
            missing = by_point and (found.n[at] is None or found.n[at] == 1)
            phase = [
                spread for spread, number in zip(found.sigma, found.phase, strict=True) if number == found.phase[at]
            ]
            assert missing or ("no_limits" in by_code and not any(phase))
            assert limits == (None, None, None)
        else:
            at_most = line * (1 + 1e-12) if line > 0 else line * (1 - 1e-12)  # a power of a root
            assert limits[0] <= at_most  # type: ignore[operator]  # none is None here
            assert line <= limits[1] * (1 + 1e-12) or line <= limits[1]  # type: ignore[operator]
    assert Analysis.from_json(found.to_json()) == found


@quick
@given(st.lists(every_kind, min_size=1, max_size=8))
def test_a_batch_answers_as_each_alone(many: list[Series]) -> None:
    assert analyse_all(many) == [analyse(one) for one in many]


@quick
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=30))
def test_any_finite_values_are_answered_or_refused(values: list[float]) -> None:
    charts = (Chart.RUN, Chart.I, Chart.MR, Chart.IP, Chart.XBAR, Chart.S, Chart.C, Chart.G, Chart.T)
    x = (1,) * len(values)
    asked = [Series(chart, tuple(values), x=x if chart in {Chart.XBAR, Chart.S} else None) for chart in charts]
    for answer in analyse_each(asked):
        if isinstance(answer, Refused):
            assert answer.code in {"not_finite", "negative_count", "time_not_positive", "beyond_range"}
        else:
            assert "NaN" not in answer.to_json()


@quick
@given(st.floats(-1e9, 1e9), st.integers(2, 30), st.sampled_from((Chart.RUN, Chart.I)))
def test_a_constant_series_has_no_signals_and_no_width(value: float, size: int, chart: Chart) -> None:
    found = analyse(Series(chart, (value,) * size))
    assert not any(flag for flags in found.signals.values() for flag in flags)
    assert found.runs[0].n_useful == 0
    if chart is Chart.I:
        assert found.sigma == (0.0,) * size
        assert found.lcl == found.ucl == found.cl


@quick
@given(any_series, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(series: Series, random: Any) -> None:
    rows = list(range(1, len(series.y) + 1))
    random.shuffle(rows)
    shuffled = replace(
        series,
        x=tuple(rows),
        y=tuple(series.y[at - 1] for at in rows),
        n=None if series.n is None else tuple(series.n[at - 1] for at in rows),
    )
    assert analyse(shuffled) == analyse(series)


@quick
@given(value_series((Chart.I,)), st.sampled_from(RuleSet))
def test_no_rule_set_changes_what_is_plotted_or_excluded_for_good(series: Series, rules: RuleSet) -> None:
    plain, other = analyse(series), analyse(replace(series, rules=rules))
    assert (plain.x, plain.y, plain.phase) == (other.x, other.y, other.phase)
    assert rules is not RuleSet.ANHOEJ or (other.cl, other.ucl, other.runs) == (plain.cl, plain.ucl, plain.runs)


@quick
@given(count_series())
def test_categories_have_no_flags_of_rules_about_time(series: Series) -> None:
    names = tuple(f"{at:03}" for at in range(len(series.y)))
    found = analyse(replace(series, x=names, x_kind=XKind.CATEGORY, part=(), exclude=(), freeze=None))
    assert not any(flag for signal, flags in found.signals.items() if signal is not Signal.OUTSIDE for flag in flags)
    assert not found.suggestions
    assert not found.other_charts
    assert not found.close_to.because
