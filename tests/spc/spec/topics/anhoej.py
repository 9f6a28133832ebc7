"""Anhoej's rules."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Anhøj",
    """
Looks at a whole phase at once and flags no single point: is the longest run about the line longer, or are crossings of the
line fewer, than chance allows for so many points? With 12 points off the line at most 7 in a row and at least 3 crossings
are expected. Every answer has these counts in `runs`, whatever the rules. Source: Anhøj and Olesen, Run charts revisited,
PLoS ONE 9, 2014.
""",
    (
        Example(
            "Six low values and six high ones cross the median once.",
            {"chart": "run", "rules": "anhoej", "y": [1, 2, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8]},
            {
                "runs.0.n_useful": 12,
                "runs.0.longest_run": 6,
                "runs.0.longest_run_max": 7,
                "runs.0.crossings": 1,
                "runs.0.crossings_min": 3,
                "runs.0.signal": True,
            },
        ),
    ),
)
