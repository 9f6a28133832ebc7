"""I' charts."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Individual values of different weight: ip",
    """
An i chart for values that rest on denominators of different size, as a mean wait over the patients of a month. The line
is the mean of all, each value weighed by its denominator, and limits are narrower where the denominator is larger. Give
the sum as `y` and the denominator as `n`. Source: Taylor's I' chart, as in qicharts2,
but with sigma from the baseline only.
""",
    (
        Example(
            "With a denominator four times as large a point scatters half as much.",
            {"chart": "ip", "y": [80, 96, 80, 96, 80, 96, 80, 96, 80, 96, 80, 384], "n": [8] * 11 + [32]},
            {"cl.0": 11.2, "sigma.0": 1.815, "sigma.11": 0.908},
        ),
    ),
)
