"""P and P' charts."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Shares: p and pp",
    """
For cases out of cases, as women with a haemorrhage out of all births. The line is all of the first over all of the second;
sigma at a point is the root of p (1 - p) / n. No limit passes 0 or 100 %, and where it would there is none. The p' chart
(`pp`) is to the p chart what u' is to u. Source: Montgomery 2009, section 7.2; Laney 2002.
""",
    (
        Example(
            "One in five of 100: sigma is four in a hundred.",
            {
                "chart": "p",
                "y": [18, 22, 20, 19, 21, 20, 17, 23, 20, 16, 24, 20],
                "n": [100] * 12,
                "multiply": 100,
            },
            {"cl.0": 20, "sigma.0": 4, "lcl.0": 8, "ucl.0": 32},
        ),
        Example(
            "Shares that differ far more than chance would have it.",
            {"chart": "pp", "y": [12, 28] * 6, "n": [100] * 12, "multiply": 100},
            {"cl.0": 20, "lcl.0": 0, "ucl.0": 62.553},
        ),
    ),
)
