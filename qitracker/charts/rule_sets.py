"""The rule sets a team can choose from: what each is called, for whom it is, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from qitracker.spc import RuleSet


@dataclass(frozen=True, slots=True)
class RuleSetWords:
    """`name` as a choice, `source` for the foot of a page, `sentence` says for whom it is."""

    name: str
    source: str
    sentence: str


RULE_SETS: Mapping[RuleSet, RuleSetWords] = MappingProxyType(
    {
        RuleSet.PROVOST_MURRAY: RuleSetWords(
            "Provost and Murray (usual here)",
            "Provost and Murray, The Health Care Data Guide (2011)",
            "The five rules of health care improvement, and their own two for run charts. 8 in a row make a shift.",
        ),
        RuleSet.MAKING_DATA_COUNT: RuleSetWords(
            "Making Data Count",
            "NHS England, Making Data Count",
            "As in board papers of the NHS: 7 in a row make a shift. For I charts only.",
        ),
        RuleSet.PLOTTHEDOTS: RuleSetWords(
            "NHSRplotthedots",
            "the R package NHSRplotthedots",
            "The same as that package, flag for flag: to compare with charts made there. For I charts only.",
        ),
        RuleSet.ANHOEJ: RuleSetWords(
            "Anhøj",
            "Anhøj and Olesen, Run charts revisited (PLoS ONE, 2014)",
            "Asks only whether runs are too long or too few, with limits that grow with the number of points.",
        ),
        RuleSet.WESTERN_ELECTRIC: RuleSetWords(
            "Western Electric",
            "Western Electric, Statistical Quality Control Handbook (1956)",
            "Four rules, quick to see small changes; more false alarms.",
        ),
        RuleSet.NELSON: RuleSetWords(
            "Nelson",
            "Nelson, The Shewhart control chart: tests for special causes (1984)",
            "Eight rules, for analysts; the most false alarms.",
        ),
    }
)

ONLY_I_CHARTS = frozenset({RuleSet.MAKING_DATA_COUNT, RuleSet.PLOTTHEDOTS})
"""Rule sets whose tools know I charts alone (rulebooks.py)."""
