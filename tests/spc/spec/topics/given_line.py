"""Centre lines from elsewhere."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "A centre line from elsewhere",
    """
`cl` gives the line instead of the baseline: a standard, or the mean of years before. It is in units before `multiply`. On
p, u and c charts sigma follows from it; on i, i', p' and u' charts it still comes from how neighbours differ.
""",
    (
        Example(
            "One in ten is the standard. Of 100, the limits are 1 and 19.",
            {"chart": "p", "y": [12, 8, 21], "n": [100, 100, 100], "cl": 0.1, "multiply": 100},
            {"cl.0": 10, "lcl.0": 1, "ucl.0": 19, "signals.outside": [0, 0, 1]},
        ),
    ),
)
