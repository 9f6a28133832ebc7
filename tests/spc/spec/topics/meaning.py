"""Meaning."""

from qitracker.spc import Chart, Direction, Series, analyse
from tests.spc.spec.topic import Call, Example, Topic

LOW = [12, 20, 16, 14, 18, 16, 15, 17, 16, 13, 19, 16, 15, 14, 13, 15, 14, 13, 15, 14]

TOPIC = Topic(
    "Improvement, concern, or neither",
    """
A signal says that something changed, not whether it is good. With `direction` the engine says that too, for each point
(`meaning`) and for the latest one (`variation`, in the names of the NHS icons). Where nothing is better, high and low are
told apart and nothing is praised or blamed. Where the signals of a point differ, it is the first of outside, trend, two of
three and shift that gives it its meaning (with Making Data Count, the one that says improvement); `both` lists such
points. A gap or an excluded point is not the latest: the last point that counts is.
""",
    (
        Example(
            "Eight below the line, and less is better.",
            {"chart": "c", "y": LOW, "freeze": 12, "direction": "decrease"},
            {"meaning.0": "common_cause", "meaning.19": "improvement", "variation": "improvement_low"},
        ),
        Example(
            "The same where more is better.",
            {"chart": "c", "y": LOW, "freeze": 12, "direction": "increase"},
            {"meaning.19": "concern", "variation": "concern_low"},
        ),
        Example(
            "And where neither is.",
            {"chart": "c", "y": LOW, "freeze": 12, "direction": "neutral"},
            {"meaning.19": "neutral_low", "variation": "neutral_low"},
        ),
        Example(
            "The fifth to tenth points lie below the line in a shift, and rise in a trend at the same time: the trend leads.",
            {
                "chart": "c",
                "cl": 16,
                "y": [15, 14, 15, 13, 5, 6, 8, 9, 11, 13, 17, 15],
                "direction": "increase",
            },
            {
                "signals.shift8": [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0],
                "signals.trend6": [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0],
                "meaning.9": "improvement",
                "meaning.3": "concern",
            },
        ),
        Call(
            "The same from Python: the points that say both, counted from 0.",
            analyse,
            (Series(Chart.C, (15, 14, 15, 13, 5, 6, 8, 9, 11, 13, 17, 15), cl=16, direction=Direction.INCREASE),),
            {},
            {"both": [4, 5, 6, 7, 8, 9]},
        ),
        Example(
            "Fewer than 13 points in the latest phase: too early to sum it up.",
            {"chart": "c", "y": [16, 18, 14, 40], "direction": "decrease"},
            {"signals.outside": [0, 0, 0, 1], "variation": "not_enough_data"},
        ),
    ),
)
