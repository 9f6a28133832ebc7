"""Targets and assurance."""

from qitracker.spc import Chart, Direction, Series, analyse
from tests.spc.spec.topic import Call, Example, Topic

AROUND_16 = [12, 20, 16, 14, 18, 16, 15, 17, 16, 13, 19, 16, 16]

TOPIC = Topic(
    "Targets and assurance",
    """
`assurance` says what the process, left as it is, will do to its target: pass it always, fail it always, or now and then.
It needs a direction and 13 points in the latest phase. A target on a limit counts as beyond it. Where limits move with the
denominator, those at the mean denominator of the latest phase are taken, so that one small month does not turn the answer.
A target may change: give one for each point, or pairs of an x and the target that holds from there on. The latest counts.
""",
    (
        Example(
            "Limits of 4 and 28, less is better: 30 will always be met.",
            {"chart": "c", "y": AROUND_16, "target": 30, "direction": "decrease"},
            {"assurance": "consistent_pass"},
        ),
        Example(
            "28, the limit itself, too.",
            {"chart": "c", "y": AROUND_16, "target": 28, "direction": "decrease"},
            {"assurance": "consistent_pass"},
        ),
        Example(
            "20 will be met now and then.",
            {"chart": "c", "y": AROUND_16, "target": 20, "direction": "decrease"},
            {"assurance": "inconsistent"},
        ),
        Example(
            "3 never: the process has to change.",
            {"chart": "c", "y": AROUND_16, "target": 3, "direction": "decrease"},
            {"assurance": "consistent_fail"},
        ),
        Example(
            "The last denominator is small, but the limits at the mean of 100 still promise to stay below 35 %.",
            {
                "chart": "p",
                "y": [21, 19, 20, 22, 18, 20, 20, 21, 19, 20, 20, 20, 20, 2],
                "n": [107] * 12 + [106, 10],
                "target": 35,
                "multiply": 100,
                "direction": "decrease",
            },
            {"ucl.13": 55.715, "assurance": "consistent_pass"},
        ),
        Call(
            "30 at first, 20 from the eighth point on.",
            analyse,
            (Series(Chart.C, tuple(AROUND_16), target=((1, 30), (8, 20)), direction=Direction.DECREASE),),
            {},
            {"targets.0": 30, "targets.12": 20, "target": 20, "assurance": "inconsistent"},
        ),
    ),
)
