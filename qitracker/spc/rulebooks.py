"""The rule sets as tables: which rules, with which numbers, on which charts, and the habits that go with them.

Sources: Provost and Murray, The Health Care Data Guide, 2011 (chapter 4; run charts chapter 3) and Lloyd, Quality
Health Care, 2nd ed. (chapter 9); NHS England, Making Data Count (SPC tools since November 2023); R package
NHSRplotthedots 0.2.2; Anhoej and Olesen, Run charts revisited, PLoS ONE 9, 2014; Western Electric, Statistical
Quality Control Handbook, 1956; Nelson, The Shewhart control chart: tests for special causes, Journal of Quality
Technology 16, 1984.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from qitracker.spc import rules
from qitracker.spc.kinds import Family
from qitracker.spc.lines import Points
from qitracker.spc.nearness import CLOSE_SETS, CloseSet, Nearness
from qitracker.spc.patterns import Flags
from qitracker.spc.spread import D2
from qitracker.spc.words import Chart, RuleSet, Signal

NHS_RANGES = 2.66
"""Limits of NHS England's tools and of NHSRplotthedots, in mean moving ranges; elsewhere 3 over 1.128."""
ICONS_FROM = 13
"""Points in the latest phase before variation and assurance are told (NHS England, Making Data Count)."""
FIX_FROM = 12
"""NHSRplotthedots fixes limits after no fewer points than this."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `in_time`: needs an order in time. `sees_excluded`: also asked of excluded points.

    `has_side`: high and low differ, so the flag says something about better and worse. `is_trend`: asks
    whether values rise or fall, which says nothing of numbers that rise by nature.
    """

    find: Callable[[Points], Flags]
    in_time: bool = True
    sees_excluded: bool = False
    has_side: bool = True
    is_trend: bool = False


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A rule set and its habits.

    `rules`: for each family of charts its rules; None is a rule that is not asked there. Where flags of one point
    differ, the earlier rule of `precedence` says what the point means; with `better_wins` improvement goes before
    concern. `shift`: points that make a shift. `screens`: its habit about moving ranges, and `per_range` sigma as a
    multiple of their mean. `gaps_break`: a missing value ends every row. `one_label`: each point carries only the
    first of its signals. `charts`: the kinds it knows (None: all). `freeze_from`: shorter baselines are not used.
    `knows_exclusions`: excluded points and lines from elsewhere are used. `icons_from`: points before icons.
    `limit_is_beyond`: a target on a limit counts as beyond it. `near`: what is close to a signal, on the charts where
    that is told.
    """

    rules: Mapping[Family, Mapping[Signal, Rule | None]]
    precedence: tuple[Signal, ...]
    shift: Mapping[Family, int]
    screens: bool = True
    per_range: float = 1.0 / D2
    gaps_break: bool = False
    one_label: bool = False
    better_wins: bool = False
    charts: frozenset[Chart] | None = None
    freeze_from: int = 1
    knows_exclusions: bool = True
    icons_from: int = ICONS_FROM
    limit_is_beyond: bool = True
    near: Mapping[Family, Nearness] = field(default_factory=dict)


_OUTSIDE = Rule(rules.outside, in_time=False, sees_excluded=True)
_OF_EIGHT = dict.fromkeys(Family, 8)
_CLOSE = CLOSE_SETS[CloseSet.DEFAULT]


def _provost_murray() -> RuleBook:
    full: dict[Signal, Rule | None] = {
        Signal.OUTSIDE: _OUTSIDE,
        Signal.SHIFT8: Rule(partial(rules.shift, least=8)),
        Signal.TREND6: Rule(partial(rules.trend, least=6), is_trend=True),
        Signal.TWO_OF_THREE: Rule(partial(rules.some_of, least=2, length=3, sigmas=2.0, spare_open_sides=True)),
        Signal.INNER15: Rule(partial(rules.inside, least=15), has_side=False),
    }
    return RuleBook(
        rules={
            Family.SHEWHART: full,
            # Thirds say nothing of a skewed count whose line is its median.
            Family.SKEWED: full | {Signal.TWO_OF_THREE: None, Signal.INNER15: None},
            Family.RANGES: dict.fromkeys(full) | {Signal.OUTSIDE: _OUTSIDE},
            Family.RUN_CHART: {
                Signal.SHIFT6: Rule(partial(rules.shift, least=6)),
                Signal.TREND5: Rule(partial(rules.trend, least=5), is_trend=True),
            },
        },
        # A point beyond a limit says most, then where the process is going, then where it has been.
        precedence=(
            Signal.OUTSIDE,
            Signal.TREND6,
            Signal.TREND5,
            Signal.TWO_OF_THREE,
            Signal.SHIFT8,
            Signal.SHIFT6,
        ),
        shift=_OF_EIGHT | {Family.RUN_CHART: 6},
        near={
            Family.SHEWHART: _CLOSE,
            Family.SKEWED: _CLOSE.for_rules(outer=False, shift=8, trend=6),
            Family.RUN_CHART: _CLOSE.for_rules(outer=False, shift=6, trend=5),
        },
    )


def _nhs(two_of_three: Rule, trend: Rule, *, screens: bool, flag_for_flag: bool) -> RuleBook:
    return RuleBook(
        rules={
            Family.SHEWHART: {
                Signal.OUTSIDE: Rule(rules.outside, in_time=False),
                Signal.SHIFT7: Rule(partial(rules.shift, least=7, ties_break=True)),
                Signal.TREND7: trend,
                Signal.TWO_OF_THREE: two_of_three,
            }
        },
        precedence=(Signal.OUTSIDE, Signal.TREND7, Signal.TWO_OF_THREE, Signal.SHIFT7),
        shift=dict.fromkeys(Family, 7),
        screens=screens,
        per_range=NHS_RANGES / 3.0,
        gaps_break=True,
        one_label=flag_for_flag,
        better_wins=not flag_for_flag,
        charts=frozenset({Chart.I}),
        freeze_from=FIX_FROM,
        knows_exclusions=False,
        icons_from=1 if flag_for_flag else ICONS_FROM,
        limit_is_beyond=not flag_for_flag,
        near={Family.SHEWHART: CLOSE_SETS[CloseSet.MAKING_DATA_COUNT]},
    )


def _western_electric() -> RuleBook:
    first = Rule(rules.outside, in_time=False, sees_excluded=True)
    full: dict[Signal, Rule | None] = {
        Signal.WE1: first,
        Signal.WE2: Rule(partial(rules.some_of, least=2, length=3, sigmas=2.0)),
        Signal.WE3: Rule(partial(rules.some_of, least=4, length=5, sigmas=1.0)),
        Signal.WE4: Rule(partial(rules.shift, least=8)),
    }
    only_first = dict.fromkeys(full) | {Signal.WE1: first}
    return RuleBook(
        rules={
            Family.SHEWHART: full,
            Family.RUN_CHART: full,
            Family.SKEWED: only_first,
            Family.RANGES: only_first,
        },
        precedence=(Signal.WE1, Signal.WE2, Signal.WE3, Signal.WE4),
        shift=_OF_EIGHT,
        near={
            Family.SHEWHART: _CLOSE.for_rules(outer=True, shift=8, trend=None),
            Family.RUN_CHART: _CLOSE.for_rules(outer=False, shift=8, trend=None),
        },
    )


def _nelson() -> RuleBook:
    first = Rule(rules.outside, in_time=False, sees_excluded=True)
    full: dict[Signal, Rule | None] = {
        Signal.NELSON1: first,
        Signal.NELSON2: Rule(partial(rules.shift, least=9)),
        Signal.NELSON3: Rule(partial(rules.trend, least=6), is_trend=True),
        Signal.NELSON4: Rule(partial(rules.alternating, least=14), has_side=False),
        Signal.NELSON5: Rule(partial(rules.some_of, least=2, length=3, sigmas=2.0)),
        Signal.NELSON6: Rule(partial(rules.some_of, least=4, length=5, sigmas=1.0)),
        Signal.NELSON7: Rule(partial(rules.inside, least=15), has_side=False),
        Signal.NELSON8: Rule(partial(rules.both_sides_out, least=8), has_side=False),
    }
    only_first = dict.fromkeys(full) | {Signal.NELSON1: first}
    return RuleBook(
        rules={
            Family.SHEWHART: full,
            Family.RUN_CHART: full,
            Family.SKEWED: only_first,
            Family.RANGES: only_first,
        },
        precedence=(Signal.NELSON1, Signal.NELSON3, Signal.NELSON5, Signal.NELSON6, Signal.NELSON2),
        shift=dict.fromkeys(Family, 9),
        near={
            Family.SHEWHART: _CLOSE.for_rules(outer=True, shift=9, trend=6),
            Family.RUN_CHART: _CLOSE.for_rules(outer=False, shift=9, trend=6),
        },
    )


RULE_BOOKS: dict[RuleSet, RuleBook] = {
    RuleSet.PROVOST_MURRAY: _provost_murray(),
    RuleSet.MAKING_DATA_COUNT: _nhs(
        Rule(rules.two_of_three_on_one_side),
        Rule(partial(rules.trend, least=7, ties_break=True), is_trend=True),
        screens=False,
        flag_for_flag=False,
    ),
    RuleSet.PLOTTHEDOTS: _nhs(
        Rule(partial(rules.two_of_three_on_one_side, within_limits=True)),
        Rule(partial(rules.trend_as_labelled, least=7), is_trend=True),
        screens=True,
        flag_for_flag=True,
    ),
    # Its answer is in the runs of each phase: too long a run, or too few crossings, and no points singled out.
    RuleSet.ANHOEJ: RuleBook(rules={family: {} for family in Family}, precedence=(), shift=_OF_EIGHT),
    RuleSet.WESTERN_ELECTRIC: _western_electric(),
    RuleSet.NELSON: _nelson(),
}
