"""The rules as in the R package NHSRplotthedots."""

from tests.spc.spec.topic import Example, Topic

AROUND_11 = [12, 10] * 6
ASKED = {"chart": "i", "rules": "plotthedots", "freeze": 12}

TOPIC = Topic(
    "As NHSRplotthedots has it",
    """
The same rules as the R package NHSRplotthedots 0.2.2 reads them, flag for flag, for who must match its charts: moving
ranges are screened, points beyond a limit are not among two of three, and each point carries one signal only, the first of
outside, trend, two of three, shift.
""",
    (
        Example(
            "15 and 15.5 lie between two and three sigma.",
            {**ASKED, "y": [*AROUND_11, 15, 12, 15.5, 10]},
            {"signals.two_of_three": [0] * 12 + [1, 0, 1, 0]},
        ),
        Example(
            "17 lies beyond the limit: one point is left between two and three sigma, and that is no signal.",
            {**ASKED, "y": [*AROUND_11, 15, 12, 17, 10]},
            {"signals.two_of_three": [0] * 16, "signals.outside": [0] * 14 + [1, 0]},
        ),
        Example(
            "Seven above the mean, one of them beyond the limit: that one is outside, the others are the shift.",
            {**ASKED, "y": [*AROUND_11, 12, 13, 12, 17, 13, 12, 13]},
            {"signals.shift7": [0] * 12 + [1, 1, 1, 0, 1, 1, 1], "signals.outside": [0] * 15 + [1, 0, 0, 0]},
        ),
    ),
)
