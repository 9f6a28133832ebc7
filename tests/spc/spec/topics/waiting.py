"""How long a change takes to show."""

from qitracker.spc.detection import detection
from tests.spc.spec.topic import Call, Topic

TOPIC = Topic(
    "What would it take?",
    """
Before a team begins: if the aim were reached tomorrow, when would the chart show it? A signal is a point outside, a shift or
two of three of Provost and Murray that points the right way; on i, c and xbar charts a trend too. The answer is the chance
within each number of points, the points needed for a chance of 80 %, and the chance of the same signal although nothing has
changed. p, p', u, u', c, i, i' and xbar charts can be asked. The line of the baseline is not known exactly, and that is
reckoned with.

Points scatter as the chart takes chance to have it: on a p' or u' chart by its own `sigma`, mostly wider than counts alone.
Give the denominators there really were as `n`, for limits at a large one are nearer. As long as the baseline has not ended
(`frozen` false) each new point moves the line towards itself, and a change shows later, or never: freeze first.

Where the answer is long, count more cases, set a bolder aim, or watch a process measure closer to the change. Where false
alarms are nearly as likely as true ones, the change is too small or events are too rare for this chart. In Python:
`qitracker.spc.detection`.
""",
    (
        Call(
            "From 12 % to 6 % with 78 births a month: eight months.",
            detection,
            ("p",),
            {"baseline": 12, "aim": 6, "n": 78, "multiply": 100},
            {"points_needed": 8, "chances.11": 0.964, "false_alarms.11": 0.05},
        ),
        Call(
            "From 12 % to 9 %: more than two years.",
            detection,
            ("p",),
            {"baseline": 12, "aim": 9, "n": 78, "multiply": 100},
            {"points_needed": 29, "chances.11": 0.477},
        ),
        Call(
            "The same aim as first, while every month still moves the line: three months later.",
            detection,
            ("p",),
            {"baseline": 12, "aim": 6, "n": 78, "multiply": 100, "frozen": False},
            {"points_needed": 11},
        ),
        Call(
            "And on a p' chart whose shares scatter one and a half times as much as chance: nearly twice as long.",
            detection,
            ("pp",),
            {"baseline": 12, "aim": 6, "n": 78, "sigma": 5.52, "multiply": 100},
            {"points_needed": 15},
        ),
        Call(
            "From 5 % to 4.5 % of 20 a quarter: not within ten years.",
            detection,
            ("p",),
            {"baseline": 5, "aim": 4.5, "n": 20, "multiply": 100, "per_year": 4},
            {"points_needed": None},
        ),
        Call(
            "A waiting time that falls by one sigma.",
            detection,
            ("i",),
            {"baseline": 50, "aim": 48, "sigma": 2},
            {"points_needed": 17},
        ),
    ),
)
