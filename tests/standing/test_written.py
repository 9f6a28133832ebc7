"""Facts as they are kept from one write to the next: read back they are the same, or not read at all."""

import json
from datetime import date

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from qitracker.method.cycles import CycleState
from qitracker.method.facts import AimFacts, CycleFacts, ProjectFacts, Score, ScoreFacts
from qitracker.method.stalled.life import LifeKind
from qitracker.standing.written import read, written

SOME = ProjectFacts(
    answered={"team": frozenset({"who", "how"})},
    aim=AimFacts(by=date(2026, 6, 1), n_missing=1),
    cycles=(CycleFacts(key="a", number=1, title="One shift", state=CycleState.RUNNING),),
    life={LifeKind.STEP: date(2025, 10, 6)},
    scores=ScoreFacts(team=Score(2.5, date(2025, 10, 6))),
)


@settings(deadline=None, max_examples=60)
@given(st.from_type(ProjectFacts))
def test_what_is_written_is_read_back(facts) -> None:
    try:
        text = json.dumps(written(facts), allow_nan=False)
    except ValueError:
        reject()  # no score is infinite
    assert read(json.loads(text)) == facts


def without(facts, *path):
    *above, last = path
    place = facts
    for name in above:
        place = place[name]
    del place[last]
    return facts


@pytest.mark.parametrize("path", [("stage",), ("aim", "agreed"), ("cycles", 0, "ramp"), ("scores", "team", "on")])
def test_what_another_version_wrote_is_not_read(path) -> None:
    assert read(written(SOME)) == SOME
    assert read(without(written(SOME), *path)) is None


@pytest.mark.parametrize(
    "change", [{"new": 1}, {"life": {"a kind of a newer version": "2025-10-06"}}, {"closed": "soon"}, {"cycles": 3}]
)
def test_what_cannot_be_understood_is_not_read(change) -> None:
    assert read(written(SOME) | change) is None
