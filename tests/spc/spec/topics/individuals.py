"""I charts (XmR)."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Individual values: i",
    """
For one measurement a point: a waiting time, a length of stay, a percentage someone else has worked out. The centre line
is the mean. The spread is told from neighbours: sigma is the mean difference between one point and the next, the moving
range, over 1.128. Limits stand three sigma from the line and may fall below 0. Source: Montgomery 2009, section 6.4.
""",
    (
        Example(
            "The values go up and down by 2, so sigma is 2 / 1.128 = 1.773.",
            {"chart": "i", "y": [20, 22, 20, 22, 20, 22, 20, 22, 20, 22, 20, 22]},
            {"cl.0": 21, "sigma.0": 1.773, "lcl.0": 15.681, "ucl.0": 26.319},
        ),
    ),
)
