"""Constant series."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "No variation",
    """
Where all values are the same there is nothing to judge: sigma is 0, limits lie on the line, no rule speaks, and a warning
says why. What a target says is then told by the line alone.
""",
    (
        Example(
            "Every month 100 % of 40, and 100 % is the target.",
            {
                "chart": "p",
                "y": [40] * 13,
                "n": [40] * 13,
                "multiply": 100,
                "target": 100,
                "direction": "increase",
            },
            {
                "cl.0": 100,
                "sigma.0": 0,
                "lcl.0": 100,
                "ucl.0": 100,
                "signals.outside": [0] * 13,
                "assurance": "consistent_pass",
                "warnings.code": ["no_variation", "trial_limits"],
            },
        ),
    ),
)
