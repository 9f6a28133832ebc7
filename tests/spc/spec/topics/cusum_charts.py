"""CUSUM charts."""

from qitracker.spc.bernoulli import bernoulli_cusum
from qitracker.spc.cusum import cusum
from tests.spc.spec.topic import Call, Topic

TOPIC = Topic(
    "Small changes: CUSUM",
    """
Adds up how far points lie from the centre, less half a sigma each, and never below 0. Five sigma in all are a signal, and
the sum also says when the change began and how large it is. Source: Montgomery 2009, section 9.1. In Python:
`qitracker.spc.cusum`.

The Bernoulli CUSUM does the same case by case, for events that each patient has or has not, and asks whether their odds have
doubled (`high` is the share that makes) or halved (Reynolds and Stoumbos 1999, as in qicharts2). In Python:
`qitracker.spc.bernoulli`.
""",
    (
        Call(
            "From the third point on about 1.5 sigma above 10. The sum passes 5 at the eighth (index 7), and dates the change"
            " to the third.",
            cusum,
            ([9.4, 10, 11.4, 11.6, 11.3, 11.5, 11.7, 11.5],),
            {"centre": 10, "sigma": 1},
            {
                "high": [0, 0, 0.9, 2.0, 2.8, 3.8, 5.0, 6.0],
                "signals": [0, 0, 0, 0, 0, 0, 0, 1],
                "changes.0.began": 2,
                "changes.0.level": 11.5,
            },
        ),
        Call(
            "One case in ten is usual. Six events in a row weigh 3.6, and 3.5 are a signal.",
            bernoulli_cusum,
            ([0, 1, 1, 1, 1, 1, 1, 0],),
            {"expected": 0.1},
            {
                "high": 0.182,
                "up": [0, 0.598, 1.196, 1.794, 2.391, 2.989, 0, 0],
                "signals_up": [False, False, False, False, False, False, True, False],
            },
        ),
    ),
)
