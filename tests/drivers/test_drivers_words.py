"""Each gap, move and state has its words."""

import uuid

import pytest

from qitracker.charts.palette import Tone
from qitracker.drivers.states import STATUS_TONES, CycleSeen, state_of_idea
from qitracker.drivers.words import GAP_WORDS, MOVE_HINTS, in_short, moves
from qitracker.method.cycles import CycleState, Decision
from qitracker.method.drivers import Diagram, Level, Node, gaps
from qitracker.method.ideas import MOVES, IdeaStatus

EVERY_GAP = Diagram(
    (
        Node(key="p", level=Level.PRIMARY, text="Seen"),
        Node(key="q", level=Level.PRIMARY, text="Heard"),
        Node(key="s", level=Level.SECONDARY, text="Watched"),
        Node(key="i", level=Level.IDEA, text="Desk", parents=("p",)),
    )
)


def test_every_gap_has_words():
    assert {gap.code for gap in gaps(EVERY_GAP)} == set(GAP_WORDS)


def test_several_gaps_of_a_kind_are_counted_and_one_is_named():
    said = in_short(gaps(EVERY_GAP), n_loose=2)
    assert "“Desk” has no test yet." in said
    assert "2 drivers have no change idea yet." in said
    assert "3 drivers have no measure. Add one, or say why not." in said
    assert said[-1] == "2 ideas on your list are not joined to a driver yet."
    assert in_short((), n_loose=0) == ()


@pytest.mark.parametrize("status", list(IdeaStatus))
def test_each_other_status_is_offered_or_refused_with_its_reason(status):
    allowed, refused = moves(status, "co_design")
    assert set(allowed) == MOVES[status]
    assert len(allowed) + len(refused) == len(IdeaStatus) - 1
    assert all(one.why.endswith(".") for one in refused)
    assert MOVE_HINTS[status]
    assert status in STATUS_TONES


@pytest.mark.parametrize("decision", list(Decision))
def test_a_decided_cycle_says_its_decision(decision):
    cycle = CycleSeen(uuid.UUID(int=1), 7, "", CycleState.DECIDED, decision)
    assert cycle.words == f"PDSA 7: {decision.value}"
    assert cycle.tag_class


@pytest.mark.parametrize("state", list(CycleState))
def test_an_open_cycle_says_its_state(state):
    assert CycleSeen(uuid.UUID(int=1), 2, "", state, None).words.startswith("PDSA 2: ")


def test_an_idea_shows_its_latest_cycle_or_that_it_is_not_tested():
    first = CycleSeen(uuid.UUID(int=1), 1, "", CycleState.DECIDED, Decision.ADAPT)
    second = CycleSeen(uuid.UUID(int=2), 2, "", CycleState.RUNNING, None)
    assert state_of_idea(IdeaStatus.TESTING, (first, second)) == ("PDSA 2: running", Tone.ACTIVE)
    assert state_of_idea(IdeaStatus.NEW, ()) == ("Not tested", Tone.QUIET)
    assert state_of_idea(IdeaStatus.ABANDONED, ()) == ("Set aside", Tone.QUIET)
