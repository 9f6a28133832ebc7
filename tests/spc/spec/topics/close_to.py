"""Close to a signal."""

from qitracker.spc.nearness import expected_by_chance
from tests.spc.spec.topic import Call, Topic

TOPIC = Topic(
    "Close to a signal",
    """
Warnings that the next point may make a signal, asked of the latest point alone, so that they lapse by themselves:
**W1**, it lies in the outer third, and the point before it on the same side; **W2**, it is the seventh in a row on one side;
**W3**, it is the fifth rising or falling (not where limits move with the denominator). A signal of the same side wins.

A warning is not certain: where nothing has changed, about one in five still becomes a signal within three points. Keep an
eye on it, and do nothing else. There are sets with more warnings, for a team's own page, and with fewer, for a wall of
hundreds; Making Data Count has its own lengths. How often each is false was simulated.
""",
    (
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
