"""Points on a line."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "On a line",
    """
A value on a limit is not beyond it, and one on the centre line is on neither side. Computers write 0.3 as something a hair
less, so a value within a thousand-millionth of a line, for its size, is on it: rounding never makes a signal.
""",
    (
        Example(
            "0.1 + 0.2 is not quite 0.3 in a computer, and still on a line at 0.3.",
            {"chart": "i", "y": [0.30000000000000004, 0.2, 0.4, 0.2, 0.4], "cl": 0.3},
            {"runs.0.n_useful": 4},
        ),
        Example(
            "On both limits, and beyond them.",
            {"chart": "c", "cl": 16, "y": [28, 4, 28.1, 3.9]},
            {"signals.outside": [0, 0, 1, -1]},
        ),
    ),
)
