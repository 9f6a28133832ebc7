"""Baselines."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Frozen baselines",
    """
`freeze` keeps the line and limits of the first so many points of each phase, so that what comes later is held against them
and does not move them. In a shorter phase all points are its baseline. Freeze once there are 20 points or more: limits
from 12 to 19 points are on trial.
""",
    (
        Example(
            "The first twelve make the line; the last eight lie below it and are a shift.",
            {
                "chart": "c",
                "y": [12, 20, 16, 14, 18, 16, 15, 17, 16, 13, 19, 16, 12, 13, 11, 14, 12, 13, 11, 12],
                "freeze": 12,
            },
            {
                "cl.19": 16,
                "baseline": [True] * 12 + [False] * 8,
                "signals.shift8": [0] * 12 + [-1] * 8,
                "warnings.code": ["trial_limits"],
            },
        ),
    ),
)
