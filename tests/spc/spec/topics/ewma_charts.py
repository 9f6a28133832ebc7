"""EWMA charts."""

from qitracker.spc.ewma import ewma
from tests.spc.spec.topic import Call, Topic

TOPIC = Topic(
    "Small changes: EWMA",
    """
An exponentially weighted moving average takes a fifth of the latest point and four fifths of what it was before. Single
points matter less in it and small lasting changes more. Its limits grow from the first point on towards their full width
(`later`). Source: Montgomery 2009, section 9.2. In Python: `qitracker.spc.ewma`.
""",
    (
        Call(
            "No point is far from 10, but from the fifth on all lie a little above.",
            ewma,
            ([9.8, 10.1, 9.9, 10.2, 11.4, 11.2, 11.6, 11.3, 11.5, 11.4],),
            {"centre": 10, "sigma": 1},
            {"values.0": 9.96, "ucl.0": 10.6, "later": [9, 11], "signals": [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]},
        ),
    ),
)
