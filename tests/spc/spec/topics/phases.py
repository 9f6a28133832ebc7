"""Phases."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Phases",
    """
After a lasting change the old line no longer describes the process. A phase ends where people say so: `part` holds the last
point of each earlier phase, counted from 1. Everything begins anew in a phase, the line, the limits and every rule, and
nothing reaches across: no moving range, no run, no trend. The engine never starts a phase by itself; it
[suggests one](#suggestions).
""",
    (
        Example(
            "Twelve points about 16, then twelve about 9. Each phase has a line of its own, and no signal is left.",
            {
                "chart": "c",
                "y": [12, 20, 16, 14, 18, 16, 15, 17, 16, 13, 19, 16, 8, 10, 9, 7, 11, 9, 9, 8, 10, 9, 6, 12],
                "part": [12],
            },
            {
                "phase": [1] * 12 + [2] * 12,
                "cl.11": 16,
                "cl.12": 9,
                "ucl.12": 18,
                "signals.shift8": [0] * 24,
            },
        ),
    ),
)
