"""Whatever is known of a project, in whatever odd mixture: it stands somewhere, has a score, and nothing breaks."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.method.cycles import CycleKind, CycleState, Decision, Scale
from qitracker.method.facts import (
    AimFacts,
    BarrierFacts,
    CycleFacts,
    HoldFacts,
    IdeaFacts,
    MeasureFacts,
    ProjectFacts,
    Score,
    ScoreFacts,
)
from qitracker.method.fidelity import FEATURES, fidelity
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import MeasureKind, Rhythm
from qitracker.method.methods import METHODS
from qitracker.method.next_card import next_card
from qitracker.method.score import VALUES, is_asked, suggested
from qitracker.method.stalled.closing import ClosingReason
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.life import LifeKind
from qitracker.method.stalled.states import State, standing_of
from qitracker.method.stalled.stuck import StuckOn
from qitracker.method.stalled.telling import needs_most, told
from qitracker.method.steps import StepStatus

days = st.dates(date(2019, 1, 1), date(2027, 1, 1)) | st.sampled_from([date.min, date(2024, 2, 29), date(9990, 1, 1)])
maybe = st.none() | days
texts = st.text(max_size=6) | st.just("x" * 900)
scores = st.none() | st.builds(Score, st.sampled_from(VALUES), days)

measures = st.builds(
    MeasureFacts, key=texts, name=texts, kind=st.sampled_from(MeasureKind), n_points=st.integers(0, 40),
    last_point=maybe, rhythm=st.sampled_from(Rhythm), next_due=maybe, has_target=st.booleans(), signal_since=maybe, has_gain=st.booleans(),
    variation=st.sampled_from(["common_cause", "concern_high", "improvement_low", "not_enough_data", ""]),
    points_since_change=st.integers(0, 20), watched=st.booleans(),
)  # fmt: skip
cycles = st.builds(
    CycleFacts, key=texts, number=st.integers(0, 9), title=texts, state=st.sampled_from(CycleState),
    planned_start=maybe, planned_end=maybe, started=maybe, ended=maybe, studied=maybe, decided=maybe, noted=maybe,
    has_prediction=st.booleans(), idea_key=st.none() | texts, decision=st.none() | st.sampled_from(Decision),
    scale=st.sampled_from([*Scale, "", "odd"]), purpose=st.sampled_from([*CycleKind, ""]), ramp=st.integers(0, 5),
)  # fmt: skip
holds = st.builds(HoldFacts, kind=st.sampled_from(HoldKind), since=days, until=days, reason=texts, who=texts)
barriers = st.builds(
    BarrierFacts, key=texts, text=texts, since=days, escalated=maybe, code=st.none() | st.sampled_from(StuckOn)
)
aims = st.builds(
    AimFacts, by=maybe, n_missing=st.integers(0, 6), share_done=st.none() | st.floats(), agreed=maybe, met_since=maybe
)


@st.composite
def any_project(draw: st.DrawFn) -> ProjectFacts:
    method = draw(st.sampled_from(sorted(METHODS)))
    steps = [step.key for _, step in METHODS[method].steps()]
    return draw(st.builds(
        ProjectFacts, method=st.just(method), stage=st.sampled_from([stage.key for stage in METHODS[method].stages]),
        statuses=st.dictionaries(st.sampled_from(steps), st.sampled_from(StepStatus)), n_team=st.integers(0, 6),
        attached=st.dictionaries(st.sampled_from(steps), st.integers(0, 2)), has_coach=st.booleans(),
        aim=st.none() | aims, measures=st.lists(measures, max_size=3).map(tuple),
        ideas=st.lists(st.builds(IdeaFacts, key=texts, text=texts, status=st.sampled_from(IdeaStatus)),
                       max_size=2).map(tuple),
        cycles=st.lists(cycles, max_size=3).map(tuple), reviewed=maybe, registered=maybe, closed=maybe,
        closing=st.none() | st.sampled_from(ClosingReason), stage_since=maybe,
        life=st.dictionaries(st.sampled_from(LifeKind), days, max_size=4), has_lead=st.booleans(), lead_gone=maybe,
        coach_gone=maybe, coach_since=maybe, last_review=maybe, next_review=maybe,
        barriers=st.lists(barriers, max_size=3).map(tuple),
        scores=st.builds(ScoreFacts, team=scores, coach=scores, unchanged_since=maybe, at_two_and_half_since=maybe),
        hold=st.none() | holds, has_plan=st.booleans(), has_story=st.booleans(), n_spread=st.integers(0, 3),
    ))  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(any_project(), days)
def test_every_project_stands_somewhere(facts: ProjectFacts, today: date) -> None:
    standing = standing_of(facts, today)
    assert standing == standing_of(facts, today)
    assert bool(standing.reasons) is (standing.state not in {State.ACTIVE, State.SUSTAINING})
    assert all(reason.since <= today and reason.told_from <= today for reason in standing.reasons)
    assert all(0 < len(reason.sentence) <= 300 and "\n" not in reason.sentence for reason in standing.reasons)
    assert len({reason.code for reason in standing.reasons}) == len(standing.reasons)
    assert 0 <= needs_most(standing, today) < 2**31
    assert told(standing, today) <= told(standing, date.max) or standing.is_hidden
    if facts.closed is not None:
        assert standing.state in {State.SUSTAINING, State.QUIET, State.STALLED}


@settings(max_examples=80, deadline=None)
@given(any_project(), days)
def test_every_project_has_a_score_a_card_and_counts(facts: ProjectFacts, today: date) -> None:
    found = suggested(facts, today)
    assert found.value in VALUES
    assert found.why_not_higher or found.value == VALUES[-1]
    assert is_asked(facts, today) in {True, False}
    assert next_card(facts, today).title
    counted = fidelity(facts.cycles)
    assert all(0 <= counted.counts[each.key].have <= counted.counts[each.key].asked <= counted.n for each in FEATURES)
