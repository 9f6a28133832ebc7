"""Suggestions."""

from qitracker.spc import Chart, Series, analyse
from tests.spc.spec.topic import Call, Example, Topic

SHIFTED = [12, 20, 16, 14, 18, 16, 15, 17, 16, 13, 19, 16, 9, 8, 10, 9, 7, 11, 9, 9]

TOPIC = Topic(
    "Suggestions",
    """
What a person may want to change about a chart, never done silently. A new phase is suggested where a shift of eight or more
has lasted in the latest phase, with the line and limits it would have; start it if the reason is known. Source: Provost and
Murray 2011, chapter 4.

Another kind of chart is suggested where most points of a count are empty, so that the time or the cases between events would
show more, and where shares or rates differ more than chance would have it, so that a prime chart would have truer limits.
""",
    (
        Example(
            "From the thirteenth point on the counts lie about 9.",
            {"chart": "c", "y": SHIFTED, "direction": "decrease"},
            {
                "suggestions.0.code": "new_phase",
                "suggestions.0.at": 12,
                "suggestions.0.confirmed_at": 19,
                "suggestions.0.meaning": "improvement",
                "suggestions.0.cl_now": 13.2,
                "suggestions.0.cl_new": 9,
                "suggestions.0.ucl_new": 18,
            },
        ),
        Call(
            "Ten of thirteen months without a fall.",
            analyse,
            (Series(Chart.C, (0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1)),),
            {},
            {"other_charts.0.code": "rare_event_chart", "other_charts.0.chart": "t"},
        ),
        Call(
            "Shares of 12 % and 28 % in turn, of 100 each.",
            analyse,
            (Series(Chart.P, (12, 28) * 6, n=(100,) * 12),),
            {},
            {"other_charts.0.code": "prime_chart", "other_charts.0.chart": "pp"},
        ),
    ),
)
