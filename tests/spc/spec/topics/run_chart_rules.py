"""Rules on run charts."""

from tests.spc.spec.topic import Example, Topic

BASELINE = [5, 7, 6, 8, 5, 7, 6, 8, 7, 5]

TOPIC = Topic(
    "Rules on run charts",
    """
Without limits two shorter rules take their place: six in a row on one side of the median, or five rising or falling. The
runs about the median are counted too, and a chart with fewer or more than chance brings is warned about. The rules want ten
points off the line; with fewer they are still asked, and a warning says so. Source: Perla, Provost and Murray, BMJ
Quality and Safety 20, 2011.
""",
    (
        Example(
            "`shift6`: the median of the first ten points is 6.5, the next six lie above.",
            {"chart": "run", "y": [*BASELINE, 9, 8, 9, 7, 8, 9], "freeze": 10},
            {"cl.0": 6.5, "signals.shift6": [0] * 10 + [1] * 6},
        ),
        Example(
            "`trend5`: 5, 6, 7, 8, 9.",
            {"chart": "run", "y": [*BASELINE, 6, 7, 8, 9], "freeze": 10},
            {"signals.trend5": [0] * 9 + [1] * 5},
        ),
        Example(
            "Too few runs: six low values and then six high ones are two runs, where chance gives 3 to 11.",
            {"chart": "run", "y": [1, 2, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8]},
            {"warnings.code": ["too_few_runs"]},
        ),
        Example(
            "Too many: a value that jumps each time often mixes two processes, as two teams in turn.",
            {"chart": "run", "y": [1, 9, 2, 8, 1, 9, 2, 8, 1, 9, 2, 8]},
            {"warnings.code": ["too_many_runs"]},
        ),
    ),
)
