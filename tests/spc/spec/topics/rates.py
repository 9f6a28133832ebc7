"""U and U' charts."""

from tests.spc.spec.topic import Example, Topic

RATE = {"n": [100] * 11 + [400], "multiply": 100}

TOPIC = Topic(
    "Rates: u and up",
    """
For events per something that differs from point to point, as falls per 1,000 bed days. The line is all events over all bed
days, and limits are narrower where there were more of them. `multiply` makes a rate per 100 or per 1,000.

Where rates scatter more than chance, because wards, patients or weekdays differ, the limits of a u chart are too narrow
and it signals without end. The u' chart (`up`) widens them by as much as neighbours really differ (Laney 2002).
""",
    (
        Example(
            "Nine per hundred. With 400 below, limits are half as wide as with 100.",
            {"chart": "u", "y": [8, 10, 9, 7, 11, 9, 9, 8, 10, 9, 9, 36], **RATE},
            {"cl.0": 9, "lcl.0": 0, "ucl.0": 18, "lcl.11": 4.5, "ucl.11": 13.5},
        ),
        Example(
            "Rates that lie two sigma below and above in turn: neighbours differ by 4 sigma, so limits are 4 / 1.128 wider.",
            {"chart": "up", "y": [3, 15] * 6, "n": [100] * 12, "multiply": 100},
            {"cl.0": 9, "lcl.0": 0, "ucl.0": 40.915},
        ),
    ),
)
