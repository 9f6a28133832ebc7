"""MR charts."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Moving ranges: mr",
    """
Draws the differences between neighbours that an i chart takes its limits from, to show when the scatter itself changes.
The line is their mean, the upper limit 3.267 times that, the lower one 0. The first point has no neighbour before it.
Neighbouring ranges share a value, so rules about runs say nothing here: only the limit counts.
""",
    (
        Example(
            "The ranges are 2, 1, 3, 2 and 0, on average 1.6.",
            {"chart": "mr", "y": [20, 22, 21, 24, 22, 22]},
            {"y": [None, 2, 1, 3, 2, 0], "cl.1": 1.6, "lcl.1": 0, "ucl.1": 5.227},
        ),
    ),
)
