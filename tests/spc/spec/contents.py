"""The topics of the manual, in order."""

from tests.spc.spec.topic import Topic
from tests.spc.spec.topics import (
    anhoej,
    cautions,
    close_to,
    constant,
    counts,
    cusum_charts,
    ewma_charts,
    exclusions,
    freeze,
    from_python,
    funnel_plots,
    gaps,
    given_line,
    i_prime,
    individuals,
    lasting,
    making_data_count,
    meaning,
    moving_range,
    nelson,
    phases,
    places,
    plotthedots,
    provost_murray,
    rare_events,
    rates,
    refusals,
    run_chart,
    run_chart_rules,
    screening,
    shares,
    subgroups,
    suggestions,
    targets,
    ties,
    waiting,
    western_electric,
)

PARTS: tuple[tuple[str, tuple[Topic, ...]], ...] = tuple(
    (title, tuple(module.TOPIC for module in modules))
    for title, modules in (
        (
            "Kinds of chart",
            (
                run_chart,
                individuals,
                counts,
                rates,
                shares,
                rare_events,
                i_prime,
                moving_range,
                subgroups,
                places,
            ),
        ),
        (
            "Rules",
            (
                provost_murray,
                run_chart_rules,
                making_data_count,
                plotthedots,
                anhoej,
                western_electric,
                nelson,
            ),
        ),
        (
            "Which points count",
            (phases, freeze, given_line, exclusions, gaps, ties, constant, screening),
        ),
        ("What it means", (meaning, targets, close_to, suggestions, cautions, refusals)),
        ("Beside the charts in time", (funnel_plots, ewma_charts, cusum_charts, lasting, waiting, from_python)),
    )
)
