"""Excluded points."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Excluded points",
    """
A point whose reason is known and will not come again, as a month of flooding, may be left out of the line, the limits and
the rules about runs with `exclude`. It stays on the chart and is still held against the limits. Moving ranges go from the
point before it to the point after it.
""",
    (
        Example(
            "Without the 40 the mean is 16; the 40 is beyond the limit all the same.",
            {"chart": "c", "y": [12, 20, 16, 14, 40, 18, 16, 15, 17, 16, 13, 19, 16], "exclude": [5]},
            {
                "cl.0": 16,
                "included.4": False,
                "signals.outside": [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
            },
        ),
    ),
)
