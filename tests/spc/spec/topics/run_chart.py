"""Run charts."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Run charts",
    """
A run chart draws the values in order of time with a line through their median: as many points above as below. It has no
limits, so it can be drawn from the first point on; its rules want ten points off the line. Take it while a phase has fewer
than 12 points, or where nothing is known about how the numbers scatter.
""",
    (
        Example(
            "The median of these twelve values is 8.",
            {"chart": "run", "y": [7, 9, 6, 8, 10, 5, 9, 7, 11, 6, 8, 12]},
            {"cl.0": 8, "lcl.0": None, "ucl.0": None, "signals.shift6": [0] * 12},
        ),
    ),
)
