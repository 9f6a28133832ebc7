"""The engine from Python."""

from qitracker.spc import Chart, Series, analyse, kind_to_draw
from tests.spc.spec.topic import Call, Topic

TWO_PHASES = Series(
    Chart.C,
    (12, 20, 16, 14, 18, 16, 15, 17, 16, 13, 19, 16, 8, 10, 9, 7, 11, 9, 9, 8, 10, 9, 6, 12),
    part=(12,),
)

TOPIC = Topic(
    "From Python",
    """
`analyse` takes a `Series` and gives an `Analysis`, frozen and made of plain numbers and words: all that a line of the command
holds, and each phase in a line (`phases`). `kind_to_draw` says which chart to show for so many points in a phase. The engine
needs numpy and nothing else.
""",
    (
        Call(
            "Two phases.",
            analyse,
            (TWO_PHASES,),
            {},
            {"phases.number": [1, 2], "phases.cl": [16, 9], "phases.ucl": [28, 18], "phases.is_trial": [True, True]},
        ),
        Call("Eleven points are too few for limits.", kind_to_draw, (Chart.I, 11), {}, {"value": "run"}),
    ),
)
