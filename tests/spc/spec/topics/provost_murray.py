"""The default rules."""

from tests.spc.spec.topic import Example, Topic

AROUND_16 = {"chart": "c", "cl": 16}

TOPIC = Topic(
    "Provost and Murray, the default",
    """
Five rules for charts with limits. On a limit is inside it; on the centre line counts for neither side; missing points are
passed over; nothing reaches across a phase. The examples give a c chart its line, so that sigma is 4 and the limits are 4
and 28. Source: Provost and Murray, The Health Care Data Guide, 2011, chapter 4.
""",
    (
        Example(
            "`outside`: a point beyond a limit. 28 is on it.",
            {**AROUND_16, "y": [14, 18, 15, 29, 17, 28]},
            {"signals.outside": [0, 0, 0, 1, 0, 0]},
        ),
        Example(
            "`shift8`: eight or more in a row on one side. The 16 is on the line: it neither counts nor breaks.",
            {**AROUND_16, "y": [14, 17, 18, 16, 19, 17, 18, 17, 20, 18, 14]},
            {"signals.shift8": [0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0]},
        ),
        Example(
            "`trend6`: six or more rising, or falling. Of the two 13 only the first counts.",
            {**AROUND_16, "y": [18, 12, 13, 13, 14, 15, 17, 19, 16]},
            {"signals.trend6": [0, 1, 1, 0, 1, 1, 1, 1, 0]},
        ),
        Example(
            "`two_of_three`: two of three in a row more than two sigma out, here above 24, on the same side.",
            {**AROUND_16, "y": [15, 25, 14, 26, 17]},
            {"signals.two_of_three": [0, 1, 0, 1, 0]},
        ),
        Example(
            "`inner15`: fifteen in a row within one sigma, here from 12 to 20. It has no side: it asks whether the limits"
            " are right.",
            {**AROUND_16, "y": [14, 18, 15, 17, 13, 19, 16, 14, 18, 15, 17, 13, 19, 14, 18, 22]},
            {"signals.inner15": [1] * 15 + [0]},
        ),
    ),
)
