"""Nelson's rules."""

from tests.spc.spec.topic import Example, Topic

AROUND_16 = {"chart": "c", "cl": 16, "rules": "nelson"}

TOPIC = Topic(
    "Nelson",
    """
Eight tests, `nelson1` to `nelson8`. All of them together speak often where nothing has changed, so take them to look into a
process and not to watch a wall of charts. Source: Nelson, The Shewhart control chart: tests for special causes, Journal of
Quality Technology 16, 1984. Sigma is 4 again.
""",
    (
        Example("1: beyond three sigma.", {**AROUND_16, "y": [14, 29, 15]}, {"signals.nelson1": [0, 1, 0]}),
        Example(
            "2: nine on one side.",
            {**AROUND_16, "y": [15, 17, 18, 17, 19, 17, 18, 17, 20, 18, 14]},
            {"signals.nelson2": [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]},
        ),
        Example(
            "3: six rising or falling.",
            {**AROUND_16, "y": [18, 12, 13, 14, 15, 17, 19, 16]},
            {"signals.nelson3": [0, 1, 1, 1, 1, 1, 1, 0]},
        ),
        Example(
            "4: fourteen up and down in turn.",
            {**AROUND_16, "y": [14, 18] * 7},
            {"signals.nelson4": [1] * 14},
        ),
        Example("5: two of three beyond two.", {**AROUND_16, "y": [15, 7, 14, 6]}, {"signals.nelson5": [0, -1, 0, -1]}),
        Example(
            "6: four of five beyond one.",
            {**AROUND_16, "y": [14, 21, 22, 15, 23, 21, 13]},
            {"signals.nelson6": [0, 1, 1, 0, 1, 1, 0]},
        ),
        Example(
            "7: fifteen within one.",
            {**AROUND_16, "y": [14, 18, 15, 17, 13, 19, 16, 14, 18, 15, 17, 13, 19, 14, 18, 22]},
            {"signals.nelson7": [1] * 15 + [0]},
        ),
        Example(
            "8: eight beyond one, on either side.",
            {**AROUND_16, "y": [15, 21, 22, 11, 10, 21, 11, 22, 10, 15]},
            {"signals.nelson8": [0, 1, 1, 1, 1, 1, 1, 1, 1, 0]},
        ),
    ),
)
