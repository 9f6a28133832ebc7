"""A line of the command answered the slow way, from the rules and the contract alone."""

from typing import Any

from tests.spc.plain.limits import level, set_limits, typical
from tests.spc.plain.meaning import assurance_of, meaning_of, variation_of
from tests.spc.plain.nhs import judge_nhs
from tests.spc.plain.outlook import close_to, warnings_of
from tests.spc.plain.points import divide, gather
from tests.spc.plain.rules import judge
from tests.spc.plain.runs import runs_of

NHS = ("making_data_count", "plotthedots")


def analyse(line: dict[str, Any]) -> dict[str, Any]:
    """The answer without suggestions, and of the warnings the kinds the contract names; lines that are refused are not for here."""
    rules, chart, times = line.get("rules") or "provost_murray", line["chart"], line.get("multiply") or 1
    nhs, category = rules in NHS, line["x_kind"] == "category"
    screen = line.get("screen")
    screen = rules != "making_data_count" if screen is None else screen
    points = gather(line)
    phases = divide(line, points, nhs=nhs)
    direction = line.get("direction") or "neutral"
    given = None if nhs else line.get("cl")
    for phase in phases:
        set_limits(chart, phase, given, screen=screen, category=category, nhs=nhs)
    if given is None and chart != "mr":
        level(points)
    runs = []
    for phase in phases:
        if nhs:
            judge_nhs(rules, phase, category=category)
        else:
            judge(rules, chart, phase, category=category)
        runs.append(runs_of(phase, judged=chart != "mr" and not category))
    outlook = close_to(rules, chart, points, phases[-1], category=category, direction=direction)
    told = [
        warnings_of(chart, phase, about, category=category, given=given is not None)
        for phase, about in zip(phases, runs, strict=True)
    ]
    for p in points:
        p.n = p.n or None  # an empty subgroup
        for key in ("y", "cl", "lcl", "ucl", *(("sigma",) if chart != "t" else ())):
            value = getattr(p, key)
            setattr(p, key, None if value is None else value * times)
    last = [p for p in phases[-1] if p.counts]
    return {
        **{k: [getattr(p, k) for p in points] for k in ("x", "y", "n", "phase", "baseline", "included")},
        **{k: [getattr(p, k) for p in points] for k in ("cl", "lcl", "ucl", "sigma")},
        "signals": {name: [p.signals[name] for p in points] for name in points[0].signals},
        "runs": runs,
        "meaning": [meaning_of(p, rules, direction)[0] for p in points],
        "variation": variation_of(last, rules, direction),
        "close_to": outlook,
        "warnings": set().union(*told),
        "assurance": assurance_of(last, typical(chart, phases[-1], times), rules, line),
    }
