"""Xbar and S charts."""

from tests.spc.spec.topic import Example, Topic

ROWS = {"x": [1, 1, 1, 2, 2, 2, 3, 3, 3], "y": [11, 12, 13, 11, 13, 15, 8, 11, 14]}

TOPIC = Topic(
    "Means and spreads of subgroups: xbar and s",
    """
Where several values belong to each point, as five waiting times a day, rows with the same x make one subgroup. An xbar
chart draws their means and an s chart their standard deviations; read the s chart first, for the limits of the means rest
on it. If all subgroups are of one size S is the mean of the standard deviations, otherwise it is pooled. The constants
A3, B3 and B4 follow from the size. Source: Montgomery 2009, section 6.3.
""",
    (
        Example(
            "Means of 12, 13 and 11, standard deviations of 1, 2 and 3; A3 for three values is 1.954.",
            {"chart": "xbar", **ROWS},
            {"y": [12, 13, 11], "cl.0": 12, "lcl.0": 8.091, "ucl.0": 15.909},
        ),
        Example(
            "The standard deviations themselves; B4 for three values is 2.568, B3 is 0.",
            {"chart": "s", **ROWS},
            {"y": [1, 2, 3], "cl.0": 2, "lcl.0": 0, "ucl.0": 5.136},
        ),
    ),
)
