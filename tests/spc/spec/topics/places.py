"""Categories along the bottom."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Places beside each other",
    """
With `x_kind` "category" the points are places, not moments: no rule about runs or trends is asked, for their order means
nothing, and each place is only held against its limits. Places are put in the order of their names. p and u
charts are drawn this way; on p' and u' charts the spread is then the standard deviation of all places instead of
neighbours. For 95 % and 99.8 % limits see [funnel plots](#funnel-plots).
""",
    (
        Example(
            "Ward C has 45 of 100 where 22 % is usual. Eight places on one side would be no shift.",
            {
                "chart": "p",
                "x": ["A", "B", "C", "D"],
                "x_kind": "category",
                "y": [14, 15, 45, 14],
                "n": [100, 100, 100, 100],
                "multiply": 100,
            },
            {"cl.0": 22, "ucl.0": 34.427, "signals.outside": [0, 0, 1, 0], "signals.shift8": [0, 0, 0, 0]},
        ),
    ),
)
