"""Western Electric rules."""

from tests.spc.spec.topic import Example, Topic

AROUND_16 = {"chart": "c", "cl": 16, "rules": "western_electric"}

TOPIC = Topic(
    "Western Electric",
    """
The four oldest rules: a point beyond three sigma (`we1`), two of three beyond two (`we2`), four of five beyond one (`we3`),
eight on one side (`we4`). Source: Western Electric, Statistical Quality Control Handbook, 1956. Sigma is 4 again.
""",
    (
        Example("`we1`: 29 is above 28.", {**AROUND_16, "y": [14, 29, 15]}, {"signals.we1": [0, 1, 0]}),
        Example(
            "`we2`: 25 and 26 are above 24, with one point between them.",
            {**AROUND_16, "y": [15, 25, 14, 26, 17]},
            {"signals.we2": [0, 1, 0, 1, 0]},
        ),
        Example(
            "`we3`: above 20 are 21, 22, 23 and 21.",
            {**AROUND_16, "y": [14, 21, 22, 15, 23, 21, 13]},
            {"signals.we3": [0, 1, 1, 0, 1, 1, 0]},
        ),
        Example(
            "`we4`: eight below the line.",
            {**AROUND_16, "y": [17, 15, 14, 15, 13, 15, 14, 15, 14, 18]},
            {"signals.we4": [0, -1, -1, -1, -1, -1, -1, -1, -1, 0]},
        ),
    ),
)
