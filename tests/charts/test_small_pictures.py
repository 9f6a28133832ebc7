"""Sparklines, driver diagrams and the impact and effort grid: well formed, escaped, and safe under a strict policy."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.charts import driver_diagram as drivers
from qitracker.charts.driver_diagram import Box, Diagram, Level
from qitracker.charts.impact_effort import Scored, impact_effort
from qitracker.charts.palette import LOOKS, Tone
from qitracker.charts.sparkline import sparkline
from qitracker.spc import Meaning

NASTY = "<script>alert(1)</script> & \"quotes\" 'too'"


def parsed(svg: str) -> ET.Element:
    """The picture, once it is sure that it holds nothing a strict policy would block."""
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|href", svg)
    assert svg.count("http") == svg.count("http://www.w3.org/2000/svg") == 1
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    return root


def marks(svg: str, meaning: Meaning) -> int:
    return svg.count(f'fill="{LOOKS[meaning].colour}"')


def test_a_sparkline_shows_line_average_and_meanings() -> None:
    values = (5.0, 6.0, None, 7.0, 3.0, 2.0, 9.0)
    meanings = (
        None,
        Meaning.COMMON_CAUSE,
        None,
        Meaning.NEUTRAL_HIGH,
        Meaning.IMPROVEMENT,
        Meaning.IMPROVEMENT,
        Meaning.CONCERN,
    )
    svg = sparkline(values, (6.0,) * 3 + (4.0,) * 4, meanings, label=NASTY, lower=(1.0,) * 7, upper=(9.0,) * 7)
    assert parsed(svg).get("aria-label") == NASTY
    assert [marks(svg, m) for m in (Meaning.IMPROVEMENT, Meaning.CONCERN, Meaning.NEUTRAL_HIGH)] == [2, 1, 1]
    assert svg.count("stroke-dasharray") == 1
    line = next(path for path in re.findall(r'd="([^"]*)"', svg) if "L" in path)
    assert (line.count("M"), line.count("L")) == (2, 4)


@pytest.mark.parametrize("values", [(), (None,), (4.0,), (4.0, 4.0), (None, 4.0, None), (-1e9, 1e9)])
def test_a_sparkline_of_anything_stays_in_its_frame(values: tuple[float | None, ...]) -> None:
    svg = sparkline(values, values, (None,) * len(values), label="x", width=100, height=30)
    parsed(svg)
    for path in re.findall(r'd="M([\d. LM-]*)"', svg):
        numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", path)]
        assert all(0 <= x <= 100 for x in numbers[::2])
        assert all(0 <= y <= 30 for y in numbers[1::2])


def test_a_sparkline_wants_one_entry_a_point() -> None:
    with pytest.raises(ValueError, match="one entry"):
        sparkline((1.0, 2.0), (1.0,), (None, None), label="x")


def test_six_hundred_sparklines_are_just_strings() -> None:
    values = tuple(float(i % 7) for i in range(40))
    drawn = [sparkline(values, (3.0,) * 40, (Meaning.COMMON_CAUSE,) * 40, label=f"Ward {i}") for i in range(600)]
    assert len(set(drawn)) == 600
    assert max(map(len, drawn)) < 2_000


def rectangles(root: ET.Element) -> list[tuple[float, float, float, float]]:
    return [
        tuple(float(r.get(key, "0")) for key in ("x", "y", "width", "height"))  # type: ignore[misc]  # four of them
        for r in root.iter("{http://www.w3.org/2000/svg}rect")
    ]


DIAGRAM = Diagram(
    (
        Box("a", Level.AIM, "Reduce falls on Ash Ward by 30% by March 2027"),
        Box("p1", Level.PRIMARY, "Someone is there when needed"),
        Box("p2", Level.PRIMARY, "The ward is safe to move in", ("a",)),
        Box("s1", Level.SECONDARY, "Bay is always watched", ("p1", "p2")),
        Box("s2", Level.SECONDARY, "Call bells answered fast", ("p1",)),
        Box("i1", Level.IDEA, "Bay nursing by day", ("s1",), "PDSA 3: adopt", Tone.GOOD),
        Box("i2", Level.IDEA, NASTY * 4, ("s1",), NASTY),
        Box("i3", Level.IDEA, "Night lights", ("p2",), "Not tested"),
        Box("i4", Level.IDEA, "Not linked yet", ("gone",)),
    ),
    label=NASTY,
)


def test_a_driver_diagram_has_every_box_and_every_link() -> None:
    root = parsed(drivers.driver_diagram(DIAGRAM))
    assert root.get("aria-label") == NASTY
    words = " ".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))
    for heading in drivers.HEADINGS.values():
        assert heading in words
    assert "PDSA 3: adopt" in words
    assert len(rectangles(root)) == len(DIAGRAM.boxes)
    # p1 hangs on the aim of itself, p2 says so; s1 has two parents; i3 hangs on a primary driver.
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) == 8


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    boxes: list[Box] = []
    for i in range(draw(st.integers(0, 18))):
        level = draw(st.sampled_from(Level))
        parents = draw(st.lists(st.sampled_from([b.key for b in boxes] or ["none"]), max_size=3))
        text = draw(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=90))
        boxes.append(Box(f"k{i}", level, text, tuple(parents), draw(st.sampled_from(["", "Not tested"]))))
    return Diagram(tuple(boxes))


@given(diagrams())
def test_no_box_of_a_diagram_covers_another(diagram: Diagram) -> None:
    root = ET.fromstring(drivers.driver_diagram(diagram))
    boxes = rectangles(root)
    assert len(boxes) == len(diagram.boxes)
    height = float(root.get("height", "0"))
    for i, (x, y, _, h) in enumerate(boxes):
        assert y + h <= height
        for other_x, other_y, _, other_h in boxes[:i]:
            assert x != other_x or y >= other_y + other_h or other_y >= y + h


def test_a_driver_diagram_is_a_png_too() -> None:
    assert drivers.driver_diagram_png(DIAGRAM, scale=0.5).startswith(b"\x89PNG")
    assert parsed(drivers.driver_diagram(Diagram(()))) is not None


def test_ideas_stand_in_their_quadrants() -> None:
    ideas = [Scored(1, NASTY, 5, 1), Scored(2, "Same place", 5, 1), Scored(3, "Later", 1, 5)]
    root = parsed(impact_effort(ideas, label=NASTY))
    circles = [
        (float(c.get("cx", "0")), float(c.get("cy", "0"))) for c in root.iter("{http://www.w3.org/2000/svg}circle")
    ]
    assert len(set(circles)) == 3
    assert circles[0][0] < circles[2][0] or circles[0][1] > circles[2][1]
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Do first", "Worth planning", "Easy extra", "Keep for later", "1", "2", "3"} <= set(words)


def test_a_crowd_of_ideas_is_counted_and_a_wrong_score_is_refused() -> None:
    crowd = impact_effort([Scored(i, "x", 3, 3) for i in range(1, 12)], label="x")
    assert ">+6<" in crowd
    with pytest.raises(ValueError, match="score"):
        impact_effort([Scored(1, "x", 6, 1)], label="x")
