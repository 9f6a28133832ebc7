"""Warnings."""

from tests.spc.spec.topic import Example, Topic

TOPIC = Topic(
    "Warnings",
    """
What to know before trusting a chart; each has a code for programs and a sentence for people. Earlier topics have met
`trial_limits`, `no_variation`, `screening_not_done`, `too_few_runs` and `too_many_runs`. The others:
""",
    (
        Example(
            "Limits from fewer than twelve points: draw a run chart.",
            {"chart": "c", "y": [3, 5, 4, 2, 6]},
            {"warnings.code": ["short_baseline"]},
        ),
        Example(
            "One value has no neighbour to tell the spread from.",
            {"chart": "i", "y": [3]},
            {"cl.0": 3, "ucl.0": None, "warnings.code": ["no_limits"]},
        ),
        Example(
            "A run chart with most points on its line.",
            {"chart": "run", "y": [3, 3, 3, 4, 3, 2, 3]},
            {"warnings.code": ["few_useful_points"]},
        ),
        Example(
            "Neighbours that resemble each other, as in staffing or waiting lists, make limits too narrow.",
            {"chart": "i", "y": [10, 11, 12, 13, 14, 15, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 7, 8, 9]},
            {"warnings.code": ["related_neighbours"]},
        ),
        Example(
            "Fifteen close to the centre line: different things may be mixed.",
            {"chart": "c", "cl": 16, "y": [14, 18, 15, 17, 13, 19, 16, 14, 18, 15, 17, 13, 19, 14, 18]},
            {"warnings.code": ["hugging_centre"]},
        ),
        Example(
            "An unknown key is named, and not read.",
            {"chart": "c", "y": [3, 5, 4, 2, 6, 4, 4, 3, 5, 4, 4, 4, 3, 5, 4, 2, 6, 4, 4, 3], "tagret": 2},
            {"warnings.code": ["unknown_key"]},
        ),
    ),
)
