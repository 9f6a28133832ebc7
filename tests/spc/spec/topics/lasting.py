"""Lasting runs."""

from qitracker.spc.lasting_runs import lasting_runs
from tests.spc.spec.topic import Call, Topic

TOPIC = Topic(
    "Lasting runs on a run chart",
    """
Walks along a run chart and finds where a new median could begin: the first nine points in a row on one side of the median
of the first thirteen, then the next nine on one side of theirs. A suggestion, as always. Source: R package runcharter. In
Python: `qitracker.spc.lasting_runs`.
""",
    (
        Call(
            "With a baseline of five and runs of three, to keep it short.",
            lasting_runs,
            ([4, 6, 5, 4, 6, 7, 8, 9, 1, 2, 3, 4],),
            {"baseline": 5, "run": 3},
            {"side": [0, 1, -1], "first": [0, 5, 8], "last": [4, 7, 10], "median": [5, 8, 2]},
        ),
    ),
)
