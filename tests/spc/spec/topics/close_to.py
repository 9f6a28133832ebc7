"""Close to a signal."""

from qitracker.spc.nearness import expected_by_chance
from tests.spc.spec.topic import Call, Example, Topic

AROUND_16 = {"chart": "c", "cl": 16, "direction": "decrease"}
CALM = [14, 18, 15, 17, 19, 13, 18, 15, 14, 17, 18, 15]

TOPIC = Topic(
    "Close to a signal",
    """
Warnings that the next point may make a signal, asked of the latest point alone, so that they lapse by themselves:
**W1**, it lies in the outer third, and the point before it on the same side; **W2**, it is the seventh in a row on one side;
**W3**, it is the fifth rising or falling (not where limits move with the denominator). A signal of the same side wins. With
fewer than 13 points it is too early to warn.

A warning is not certain: where nothing has changed, about one in five still becomes a signal within three points. Keep an
eye on it, and do nothing else. There are sets with more warnings, for a team's own page, and with fewer, for a wall of
hundreds; Making Data Count has its own lengths. How often each is false was simulated.
""",
    (
        Example(
            "W1: 26 is beyond two sigma, and 18 before it lies above the line too.",
            {**AROUND_16, "y": [*CALM, 18, 26]},
            {"close_to.state": "concern", "close_to.because": ["W1"]},
        ),
        Example(
            "W2: seven below the line; the one before them is above it.",
            {**AROUND_16, "y": [*CALM[:11], 15, 14, 13, 15, 14, 13, 15]},
            {"close_to.state": "improvement", "close_to.because": ["W2"]},
        ),
        Example(
            "W3: 12, 13, 15, 17, 19.",
            {**AROUND_16, "y": [*CALM, 12, 13, 15, 17, 19]},
            {"close_to.state": "concern", "close_to.because": ["W3"]},
        ),
        Example(
            "Nothing.",
            {**AROUND_16, "y": [*CALM, 18, 15]},
            {"close_to.state": None, "close_to.because": []},
        ),
        Call(
            "On a wall of 600 charts on which nothing has changed, expect so many warnings, and so many charts with a signal"
            " among the latest three points.",
            expected_by_chance,
            (600,),
            {},
            {"0": 23.0, "1": 21.9},
        ),
    ),
)
