"""Funnel plots."""

from qitracker.spc.funnel import funnel
from tests.spc.spec.topic import Call, Topic

TOPIC = Topic(
    "Funnel plots",
    """
Places beside each other, with limits that widen where numbers are small, so that a small ward is not blamed for bad luck.
Of places that differ by chance alone one in twenty lies beyond the 95 % limits and one in five hundred beyond the 99.8 %
limits. Shares have exact binomial limits, never passed more often than they say; rates and standardised ratios have Poisson
limits, through chi-square. Limits by the normal distribution or on a transformed scale are on offer, and ratios of two
counts are compared as logarithms.

Places often differ for reasons no adjustment knows. `phi` says how many times the variance of chance there is; with `adjust`
the limits are widened by it. Sources: Spiegelhalter, Statistics in Medicine 24, 2005, and Quality and Safety in Health Care
14, 2005. In Python: `qitracker.spc.funnel`.
""",
    (
        Call(
            "Three wards with 12, 8 and 40 falls where 10, 10 and 20 were expected.",
            funnel,
            ("standardised", [12, 8, 40], [10, 10, 20]),
            {"names": ["Ward A", "Ward B", "Ward C"], "multiply": 100},
            {
                "centre": 100,
                "places.0.limits.lower_95": 47.954,
                "places.0.limits.upper_95": 183.9,
                "places.passed": ["within", "within", "above_998"],
            },
        ),
        Call(
            "Of 20 at 10 %, more than five events come with a chance below 2.5 %, more than seven with one below 0.1 %.",
            funnel,
            ("share", [5, 6, 8], [20, 20, 20]),
            {"centre": 0.1},
            {"places.passed": ["within", "above_95", "above_998"]},
        ),
        Call(
            "Wards that differ more than chance: adjusted, none stands out.",
            funnel,
            ("share", [10, 15, 25, 30], [100, 100, 100, 100]),
            {"adjust": True},
            {"phi": 3.197, "adjusted": True, "places.passed": ["within", "within", "within", "within"]},
        ),
    ),
)
