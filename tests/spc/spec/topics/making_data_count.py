"""NHS England's rules."""

from tests.spc.spec.topic import Example, Topic

AROUND_11 = [12, 10] * 6
ASKED = {"chart": "i", "rules": "making_data_count", "freeze": 12}

TOPIC = Topic(
    "Making Data Count",
    """
The rules of NHS England's tools, for i charts: shift and trend of seven, and two of three only where all three lie on one
side of the mean. A value on the line, an equal neighbour or a gap breaks a row. Moving ranges are not screened, and limits
stand 2.66 moving ranges from the mean. The examples have a baseline of twelve points with mean 11 and moving range 2, so
limits of 5.68 and 16.32, and the outer thirds begin at 7.45 and 14.55.
""",
    (
        Example(
            "`shift7`: seven above the mean.",
            {**ASKED, "y": [*AROUND_11, 12, 13, 12, 14, 13, 12, 13]},
            {"cl.0": 11, "ucl.0": 16.32, "signals.shift7": [0] * 12 + [1] * 7},
        ),
        Example(
            "A value on the mean breaks it.",
            {**ASKED, "y": [*AROUND_11, 12, 13, 12, 11, 13, 12, 13, 12]},
            {"signals.shift7": [0] * 20},
        ),
        Example(
            "`trend7`: 10 ends the fall before and begins the rise.",
            {**ASKED, "y": [*AROUND_11, 10.5, 11.5, 12, 12.5, 13, 14]},
            {"signals.trend7": [0] * 11 + [1] * 7},
        ),
        Example(
            "`two_of_three`, all three above the mean; beyond a limit counts too.",
            {**ASKED, "y": [*AROUND_11, 15, 12, 17, 10]},
            {"signals.two_of_three": [0] * 12 + [1, 0, 1, 0], "signals.outside": [0] * 14 + [1, 0]},
        ),
        Example(
            "With the third on the other side it is none.",
            {**ASKED, "y": [*AROUND_11, 15, 10, 15, 10]},
            {"signals.two_of_three": [0] * 16},
        ),
    ),
)
