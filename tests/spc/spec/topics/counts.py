"""C charts."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Counts: c",
    """
For events counted over equal stretches, as falls in a month, where the chance of an event hardly changes from one stretch
to the next. Counts that come by chance scatter by the root of their mean, so sigma is known from the line alone. A lower
limit below 0 is none: it is drawn at 0, and no rule speaks on that side. Source: Montgomery 2009, section 7.3.
""",
    (
        Example(
            "On average 16, so sigma is 4.",
            {"chart": "c", "y": [12, 20, 16, 14, 18, 16, 15, 17, 16, 13, 19, 16]},
            {"cl.0": 16, "sigma.0": 4, "lcl.0": 4, "ucl.0": 28},
        ),
        Example(
            "On average 4, so the lower limit would be 4 - 6.",
            {"chart": "c", "y": [3, 5, 4, 2, 6, 4, 4, 3, 5, 4, 4, 4]},
            {"cl.0": 4, "lcl.0": 0, "ucl.0": 10},
        ),
    ),
)
