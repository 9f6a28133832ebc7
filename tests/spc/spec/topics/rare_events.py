"""G and T charts."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Rare events: g and t",
    """
Where most points of a count are 0, count the other way round: the cases (g) or the time (t) from one event to the next. A
long stretch is good news, and one more event is a point, not an empty month.

A g chart has its limit at g + 3 times the root of g (g + 1), g being the mean; the line drawn is the median, as such
counts lean far to one side, and the rules about thirds are left out. A t chart raises times to the power of 1 / 3.6, which
makes them nearly normal, takes an i chart of that, and turns its lines back. Two events at the same moment have no time
between them: give times above 0. Source: Provost and Murray 2011, chapter 7; Nelson 1994.
""",
    (
        Example(
            "On average 3 cases between events, the median is 2.5.",
            {"chart": "g", "y": [1, 5, 2, 3, 0, 4, 7, 2, 3, 1, 6, 2]},
            {"cl.0": 2.5, "lcl.0": 0, "ucl.0": 13.392},
        ),
        Example(
            "Days between events. On the transformed scale they are 2.16 and 3.17 in turn.",
            {"chart": "t", "y": [16, 64] * 6},
            {"cl.0": 34.194, "lcl.0": 0.0, "ucl.0": 423.4},
        ),
    ),
)
