"""Missing points."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Gaps",
    """
A missing value is `null`. It stays a gap on the chart, and no moving range is made across it. Rules about runs pass it over,
except those of Making Data Count and NHSRplotthedots, which end every row there.
""",
    (
        Example(
            "The ranges are 2, 2, 2 and 2; from 20 to 30, across the gap, there is none.",
            {"chart": "i", "y": [20, 22, 20, None, 30, 32, 30]},
            {"y.3": None, "sigma.0": 1.773},
        ),
        Example(
            "A shift of eight goes on after the gap.",
            {"chart": "c", "cl": 16, "y": [14, 17, 18, 19, None, 17, 18, 17, 20, 18, 14]},
            {"signals.shift8": [0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0]},
        ),
    ),
)
