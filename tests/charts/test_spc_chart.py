"""The SPC chart: valid for every kind, width and odd series, and drawn without anything from outside."""

import json
import math
import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.charts.marks import Flag, Mark, MarkKind, place_flags
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.picture import ChartFailed, png, svg
from qitracker.charts.sizes import Width
from qitracker.charts.spc_chart import NO_POINTS, chart_data, vega_lite
from qitracker.charts.spc_spec import DATASETS, spec
from qitracker.charts.words import finding
from qitracker.method.measures import Rhythm
from qitracker.spc import Analysis, Chart, Direction, Series, analyse

WORDS = MeasureWords("Falls <on> “Ash” & Oak", "%", Rhythm.WEEK, "falls", "days")


def weeks(k: int) -> tuple[str, ...]:
    return tuple((date(2024, 1, 1) + timedelta(days=7 * i)).isoformat() for i in range(k))


def analysed(chart: Chart, k: int, *, gaps: bool = False, part: tuple[int, ...] = (), dated: bool = True) -> Analysis:
    y: list[float | None] = [float(3 + (i * 7) % 5 - (i > 2 * k / 3)) for i in range(k)]
    if gaps:
        y[1:3] = [None, None]
    x = weeks(k) if dated else tuple(range(1, k + 1))
    if chart is Chart.S:  # it needs two values at a time
        x, y = x * 2, y + [None if value is None else value + 1 + at % 3 for at, value in enumerate(y)]
    return analyse(
        Series(
            chart,
            tuple(y),
            n=tuple(40.0 + i % 9 for i in range(k)) if chart in (Chart.P, Chart.PP, Chart.U, Chart.UP) else None,
            x=x,
            part=part,
            exclude=(4,) if k > 9 else (),
            multiply=100 if chart is Chart.P else 1,
            direction=Direction.DECREASE,
            target=2.0,
        )
    )


MARKS = (
    Mark("2024-01-10", "PDSA 1", "One bay, one day"),
    Mark(date(2024, 1, 12), "PDSA 2", "Two bays"),
    Mark("2024-02-01", "Ward moved", kind=MarkKind.NOTE),
    Mark("1999-01-01", "Long ago"),
)


@pytest.mark.parametrize("width", Width)
@pytest.mark.parametrize("chart", Chart)
@pytest.mark.parametrize(
    ("k", "gaps", "part", "dated"),
    [(1, False, (), True), (30, True, (12,), True), (30, False, (8, 20), False), (200, False, (100,), True)],
)
def test_every_chart_is_drawn(
    chart: Chart, width: Width, k: int, gaps: bool, part: tuple[int, ...], dated: bool
) -> None:
    analysis = analysed(chart, k, gaps=gaps, part=part, dated=dated)
    complete = vega_lite(analysis, WORDS, marks=MARKS, reasons={2: "Bay nursing"}, width=width, titled=True)
    json.dumps(complete, allow_nan=False)
    assert set(complete["datasets"]) == set(DATASETS)
    drawn = svg(complete)
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-label") == f"{WORDS.name}. {finding(analysis, WORDS).sentence}"
    assert root[0].tag.endswith("title")
    assert root[0].text == root.get("aria-label")
    drawn_width = float(root.get("width", "0"))
    assert abs(drawn_width - complete["width"]) <= 1


@pytest.mark.parametrize("width", Width)
def test_a_picture_stands_by_itself(width: Width) -> None:
    analysis = analysed(Chart.P, 30, part=(15,))
    drawn = svg(vega_lite(analysis, WORDS, marks=MARKS, width=width))
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert not re.search(r"<script|<style|style=|\bon\w+=|href=|aria-roledescription|aria-hidden", drawn)
    assert drawn.count('role="') == 1
    assert "Left out of the calculation" in drawn
    assert "Arial" in drawn


def test_a_chart_without_points_says_so() -> None:
    some = analysed(Chart.I, 12)
    none = replace(some, y=(None,) * 12, cl=(None,) * 12, lcl=(None,) * 12, ucl=(None,) * 12, target=None)
    empty = replace(
        none,
        **dict.fromkeys(("x", "y", "n", "phase", "baseline", "included", "cl", "lcl", "ucl", "sigma", "meaning"), ()),
        signals={},
    )
    for analysis in (none, empty):
        assert NO_POINTS in svg(vega_lite(analysis, WORDS))
        assert chart_data(analysis, WORDS)["points"] == []


def test_numbers_that_cannot_be_drawn_are_left_out() -> None:
    some = analysed(Chart.I, 12)
    odd = replace(some, y=(math.nan, math.inf, *some.y[2:]), ucl=(math.nan,) * 12)
    complete = vega_lite(odd, WORDS, description="Odd")
    json.dumps(complete, allow_nan=False)
    assert len(complete["datasets"]["points"]) == 10
    assert svg(complete)


def test_marks_far_away_and_on_other_axes_have_no_place() -> None:
    dated = chart_data(analysed(Chart.I, 20), WORDS, marks=MARKS)
    assert [row["title"] for row in dated["marks"]] == ["One bay, one day", "Two bays", "Ward moved"]
    numbered = chart_data(analysed(Chart.I, 20, dated=False), WORDS, marks=(*MARKS, Mark(7, "PDSA 3")))
    assert [row["title"] for row in numbered["marks"]] == ["PDSA 3"]


def test_every_point_has_its_words_and_its_kind() -> None:
    rows = chart_data(analysed(Chart.P, 30, gaps=True), WORDS)["points"]
    assert len(rows) == 28
    assert rows[0]["when"] == "week of 1 January 2024"
    assert rows[0]["counted"] == "3 of 40 days"
    assert rows[0]["value"] == "7.5%"
    assert {row["kind"] for row in rows} >= {"common_cause", "excluded"}
    assert [row["stretch"] for row in rows[:2]] == [1, 2]


def test_limits_of_each_phase_are_steps_that_meet_half_way() -> None:
    analysis = analysed(Chart.P, 30, part=(12,))
    rows = chart_data(analysis, WORDS)["limits"]
    first = [row for row in rows if row["phase"] == 1]
    second = [row for row in rows if row["phase"] == 2]
    assert first[-1]["x"] == second[0]["x"]
    assert {row["cl"] for row in first} == {analysis.cl[0]}
    assert len({row["ucl"] for row in first}) > 1


def test_the_ends_of_the_lines_say_what_they_are() -> None:
    analysis = analysed(Chart.P, 30)
    wide = [row["text"] for row in chart_data(analysis, WORDS)["ends"]]
    narrow = [row["text"] for row in chart_data(analysis, WORDS, width=Width.PHONE)["ends"]]
    assert [text.rsplit(" ", 1)[0] for text in wide] == ["Upper limit", "Average", "Lower limit", "Target"]
    assert narrow[-1] == "Target\n2%"
    assert chart_data(analysed(Chart.RUN, 30), WORDS)["ends"][0]["text"].startswith("Middle value")


@pytest.mark.parametrize("chart", Chart)
def test_a_drawing_is_built_once_and_not_changed_by_data(chart: Chart) -> None:
    before = json.dumps(spec(chart, Width.PHONE))
    vega_lite(analysed(chart, 20), WORDS, marks=MARKS, width=Width.PHONE, responsive=True)
    assert spec(chart, Width.PHONE) is spec(chart, Width.PHONE)
    assert json.dumps(spec(chart, Width.PHONE)) == before


def test_png_is_a_png_and_a_responsive_chart_is_no_picture() -> None:
    analysis = analysed(Chart.I, 20)
    assert png(vega_lite(analysis, WORDS), scale=1).startswith(b"\x89PNG")
    with pytest.raises(ChartFailed):
        svg(vega_lite(analysis, WORDS, responsive=True))
    with pytest.raises(ChartFailed):
        svg({**vega_lite(analysis, WORDS), "params": [{"name": "x_low", "expr": "((("}]})


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 800), st.integers(1, 40)), max_size=14),
    st.sampled_from([(806.0, 13.0, 5), (246.0, 12.0, 5), (30.0, 12.0, 2)]),
)
def test_labels_never_cover_each_other_or_stand_on_another_pole(
    wanted: list[tuple[float, int]], plot: tuple[float, float, int]
) -> None:
    width, font, rows = plot
    flags = [Flag(min(x, width), "W" * length, str(length)) for x, length in wanted]
    placed = place_flags(flags, width=width, font=font, rows=rows)
    assert len(placed) == len(flags)
    spans = []
    for flag, got in zip(flags, placed, strict=True):
        if got.row is None:
            continue
        length = len(got.text) * (0.944 if got.text.startswith("W") else 0.556) * font
        left = flag.x - length - 5 if got.leftward else flag.x + 5
        assert 0 <= got.row < rows
        assert left >= -6
        assert left + length <= width + 6
        spans.append((got.row, left, left + length, flag.x))
    for i, (row, left, right, _) in enumerate(spans):
        for other_row, other_left, other_right, pole in spans[:i] + spans[i + 1 :]:
            assert row != other_row or right <= other_left or other_right <= left
            assert other_row <= row or not left < pole < right
