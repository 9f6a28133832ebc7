"""Screening of moving ranges."""

from tests.spc.spec.topic import Example, Topic

JUMP = [20, 22, 20, 22, 20, 22, 50, 22, 20, 22, 20, 22]

TOPIC = Topic(
    "Screening of moving ranges",
    """
One wild point makes two large moving ranges, and with them limits so wide that it may hide itself. So moving ranges of
3.267 times their mean or more are left out, once, and the mean is taken again; the point stays in the centre line. This is
the habit of Provost and Murray and of NHSRplotthedots, and not of Making Data Count; `screen` true or false overrides it.

Where most values are the same, screening would leave only ranges of 0 and put every other point outside. It is then not
done, and a warning says so.
""",
    (
        Example(
            "Two ranges of 28 among nine of 2. Screened, sigma is 2 / 1.128 and the 50 is outside.",
            {"chart": "i", "y": JUMP},
            {"cl.0": 23.5, "sigma.0": 1.773, "ucl.0": 28.819, "signals.outside": [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]},
        ),
        Example(
            "Not screened, the limit is much wider.",
            {"chart": "i", "y": JUMP, "screen": False},
            {"ucl.0": 41.392},
        ),
        Example(
            "Mostly zeros: the ranges of 5 are kept.",
            {"chart": "i", "y": [0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0]},
            {"sigma.0": 0.806, "warnings.code": ["trial_limits", "screening_not_done"]},
        ),
    ),
)
