"""Constant series."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "No variation",
    """
Where all values of a series are the same there is nothing to judge: sigma is 0, limits lie on the line, no rule speaks, and
a warning says why. Whether a target is met is then told by the line alone. Equal values in one phase of a series that varies
are no proof that chance is gone: counts, rates and shares keep the limits of their formula there.
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
        Example(
            "The first phase holds 4 and 4, and the second shows that the series varies.",
            {"chart": "c", "y": [4, 4, 9, 7], "part": [2]},
            {"cl.0": 4, "ucl.0": 10, "sigma.0": 2},
        ),
    ),
)
