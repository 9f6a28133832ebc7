"""Refusals."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "What is refused",
    """
Nothing is guessed. A line that cannot be analysed answers with a code and a sentence that says which point is wrong and what
to do; the lines after it go on.
""",
    (
        Example(
            "More cases than there were.",
            {"chart": "p", "y": [3, 12], "n": [10, 10]},
            {"error.code": "numerator_above_denominator"},
        ),
        Example("Events per nothing.", {"chart": "u", "y": [3, 1], "n": [10, 0]}, {"error.code": "n_not_positive"}),
        Example("A chart that needs denominators.", {"chart": "p", "y": [3, 1]}, {"error.code": "n_missing"}),
        Example("A count below 0.", {"chart": "c", "y": [3, -1]}, {"error.code": "negative_count"}),
        Example("No value at all.", {"chart": "c", "y": [None, None]}, {"error.code": "no_values"}),
        Example("A chart nobody knows.", {"chart": "pie", "y": [1, 2]}, {"error.code": "unknown_word"}),
    ),
)
