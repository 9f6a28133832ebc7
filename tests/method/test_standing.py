"""Where a project stands: dated histories, each state reached and left, and laws that hold for all of them."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.method.facts import AimFacts, HoldFacts, ProjectFacts
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.settings import DEFAULTS, Settings
from qitracker.method.stalled.states import STATES, SUSTAIN_TESTS, WORK_TESTS, State, standing_of
from tests.method.histories import INSUBSTANTIAL, facts_on

ROWS = list(csv.DictReader((Path(__file__).parent / "standing.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_a_history_comes_to_a_state_with_its_reasons(row: dict[str, str]) -> None:
    today = date.fromisoformat(row["today"])
    standing = standing_of(facts_on(row["history"], today), today)
    assert (standing.state.value, " ".join(reason.code for reason in standing.reasons)) == (row["state"], row["codes"])


def test_the_table_reaches_every_state_and_every_test() -> None:
    assert len(ROWS) >= 60
    assert {row["state"] for row in ROWS} == {state.value for state in State} == {state.value for state in STATES}
    told = {code for row in ROWS for code in row["codes"].split()}
    assert told == {test.__name__ for test in (*WORK_TESTS, *SUSTAIN_TESTS)} | {"paused"}


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_a_reason_holds_from_the_day_it_names_and_says_what_clears_it(row: dict[str, str]) -> None:
    today = date.fromisoformat(row["today"])
    facts = facts_on(row["history"], today)
    standing = standing_of(facts, today)
    for reason in standing.reasons:
        assert reason.told_from <= reason.since <= today
        assert reason.sentence.endswith(".")
        assert reason.sentence[0].isupper() or reason.sentence[0] == "“"
        assert reason.clears.startswith("It ")
        assert reason.clears.endswith(".")
        assert len(reason.sentence) <= 300
        assert len(reason.code) <= 30
    if standing.reasons:
        assert standing.since is not None
        assert standing.sentence == standing.reasons[0].sentence


@pytest.mark.parametrize(
    ("history", "today", "sentence"),
    [
        ("2025-01-06 registered; 2025-02-03 deliver test point:week; 2025-03-10 studied", "2025-04-01", "No data for 7 weeks."),
        ("2025-01-06 registered; 2025-02-03 deliver test point:week:falls; 2025-03-31 point:week:pain test", "2025-04-01",
         "No number for “Falls” for 7 weeks."),
        ("2025-01-06 registered; 2025-03-07 review", "2025-03-18", "Same step for 10 weeks: Focus."),
        ("2025-01-06 registered all_steps", "2025-03-18", "All steps of Understand done, and no next stage for 10 weeks."),
        ("2025-01-06 registered", "2025-02-10", "Nothing new for 5 weeks."),
        ("2025-01-06 registered; 2025-01-07 deliver test:2025-01-10", "2025-01-31",
         "PDSA cycle 1 ended 3 weeks ago and is not studied."),
        ("2025-01-06 registered; 2025-01-07 deliver test:2025-01-10 test:2025-01-09", "2025-01-31",
         "2 PDSA cycles left open."),
        ("2025-01-06 registered; 2025-01-07 deliver; 2025-02-20 step", "2025-02-25", "No PDSA cycle started for 7 weeks."),
        ("2025-01-06 registered; 2025-01-07 deliver test; 2025-02-20 step", "2025-02-25",
         "No PDSA cycle started or closed for 7 weeks."),
        ("2025-01-06 registered agreed; 2025-02-20 idea", "2025-02-25", "No PDSA cycle yet, 7 weeks after the aim was agreed."),
        ("2025-01-06 registered; 2025-01-10 barrier; 2025-01-11 barrier:IT", "2025-01-31",
         "Barrier open for 3 weeks: “Waiting for a printer”. And 1 more."),
        ("2025-01-06 registered; 2025-01-10 barrier escalated; 2025-02-06 step", "2025-02-28",
         "Barrier with the sponsor for 7 weeks: “Waiting for a printer”."),
        ("2025-01-06 registered; 2025-01-20 lead_left", "2025-01-21", "Nobody has led it since 20 January 2025."),
        ("2025-01-06 registered; 2025-03-03 sustain; 2025-05-15 point:month; 2025-04-01 point:month signal:concern_high",
         "2025-04-10", "“Falls” has slipped: a signal on the high side since April 2025."),
        ("2025-01-06 registered; 2025-01-10 pause:2025-01-20", "2025-01-15", "Paused until 20 January 2025: “Winter”."),
        ("2025-01-06 registered; 2025-03-03 sustain", "2025-06-24", "The 3-month check is 3 weeks late."),
    ],
)  # fmt: skip
def test_the_first_reason_is_short_and_says_how_long(history: str, today: str, sentence: str) -> None:
    day = date.fromisoformat(today)
    assert standing_of(facts_on(history, day), day).sentence == sentence


LAST_WORK = date(2025, 3, 3)
FORGOTTEN = "2025-01-06 registered coach; 2025-02-03 deliver; 2025-03-03 test point:month"
"""A project in Deliver that was forgotten in March."""

empty_acts = st.lists(st.tuples(st.integers(1, 300), st.sampled_from(INSUBSTANTIAL)), max_size=12)


@settings(max_examples=60, deadline=None)
@given(empty_acts, st.integers(91, 300), st.sampled_from([None, HoldKind.PAUSE, HoldKind.SNOOZE]))
def test_nothing_without_substance_revives_a_project(
    acts: list[tuple[int, str]], after: int, hold: HoldKind | None
) -> None:
    told = [f"{LAST_WORK + timedelta(days)} {word}" for days, word in acts]
    if hold is not None:
        told.append(f"{LAST_WORK + timedelta(40)} {hold.value}:{LAST_WORK + timedelta(60)}")
    today = LAST_WORK + timedelta(after)
    standing = standing_of(facts_on("; ".join([FORGOTTEN, *told]), today), today)
    assert standing.state in {State.STALLED, State.DORMANT}
    assert "no_life" in {reason.code for reason in standing.reasons}
    assert not standing.is_hidden


def test_the_law_tries_many_acts() -> None:
    assert {"signed_in", "retitled", "noted_on_chart", "joined_team", "word", "score", "mailed", "held", "put_off",
            "corrected", "rephased", "owner"} <= set(INSUBSTANTIAL)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 500))
def test_silence_only_ever_makes_it_worse(days: int) -> None:
    order = [State.ACTIVE, State.QUIET, State.STALLED, State.DORMANT]
    today = LAST_WORK + timedelta(days)
    now, later = (standing_of(facts_on(FORGOTTEN, day), day) for day in (today, today + timedelta(1)))
    assert order.index(now.state) <= order.index(later.state)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ROWS), st.integers(0, 400))
def test_a_reason_that_holds_today_held_on_its_first_day_and_not_before(row: dict[str, str], more: int) -> None:
    """Time alone brings a reason: with the facts of today it starts on the day it names."""
    today = date.fromisoformat(row["today"])
    facts = facts_on(row["history"], today)
    day = today + timedelta(more)
    for reason in standing_of(facts, day).reasons:
        if reason.code in {"paused", "pause_ended", "sustain_slipped", "check_due"} or facts.hold is not None:
            continue
        assert reason.code in {each.code for each in standing_of(facts, reason.since).reasons}
        before = standing_of(facts, reason.since - timedelta(1)).reasons
        assert (reason.code, reason.state) not in {(each.code, each.state) for each in before}


def test_an_empty_project_of_any_age_is_active() -> None:
    assert standing_of(ProjectFacts(), date.max).state is State.ACTIVE
    assert standing_of(ProjectFacts(), date.min).state is State.ACTIVE


def test_a_limit_may_be_set_and_moves_its_day() -> None:
    facts = facts_on("2025-01-06 registered", date(2025, 1, 20))
    strict = Settings({"quiet_days": 14, "stalled_days": 21})
    assert standing_of(facts, date(2025, 1, 19), strict).state is State.ACTIVE
    assert standing_of(facts, date(2025, 1, 20), strict).state is State.QUIET
    assert standing_of(facts, date(2025, 1, 27), strict).state is State.STALLED
    assert standing_of(facts, date(2025, 1, 27), DEFAULTS).state is State.ACTIVE


@pytest.mark.parametrize(
    ("today", "state", "since"),
    [
        (date(2025, 2, 4), State.ACTIVE, None),
        (date(2025, 2, 5), State.QUIET, date(2025, 2, 5)),
        (date(2025, 3, 6), State.QUIET, date(2025, 2, 5)),
        (date(2025, 3, 7), State.STALLED, date(2025, 3, 7)),
        (date(2025, 7, 4), State.STALLED, date(2025, 3, 7)),
        (date(2025, 7, 5), State.DORMANT, date(2025, 7, 5)),
    ],
)
def test_silence_alone_goes_from_quiet_to_stalled_to_dormant(today: date, state: State, since: date | None) -> None:
    patient = Settings({"same_step_days": 365, "stay_understand_days": 730})
    standing = standing_of(ProjectFacts(registered=date(2025, 1, 6)), today, patient)
    assert (standing.state, standing.since) == (state, since)
    assert [reason.code for reason in standing.reasons] == ([] if state is State.ACTIVE else ["no_life"])


def test_a_new_project_with_an_old_trouble_is_told_of_in_the_usual_order() -> None:
    today = date(2025, 9, 1)
    facts = ProjectFacts(registered=today, aim=AimFacts(by=date(2025, 1, 1)))
    assert [(reason.code, reason.since) for reason in standing_of(facts, today).reasons] == [("aim_passed", today)]


def test_a_snooze_hides_it_until_its_day_and_ends_by_itself() -> None:
    history = "2025-01-06 registered; 2025-03-07 snooze:2025-03-20"
    standings = [standing_of(facts_on(history, day), day) for day in (date(2025, 3, 19), date(2025, 3, 20))]
    assert [(each.state, each.is_hidden) for each in standings] == [(State.STALLED, True), (State.STALLED, False)]


def test_a_hold_that_ends_before_it_begins_does_nothing() -> None:
    history = "2025-01-06 registered; 2025-01-20 pause:2025-01-10"
    assert standing_of(facts_on(history, date(2025, 1, 21)), date(2025, 1, 21)).state is State.ACTIVE


def test_dates_at_the_end_of_the_calendar_do_not_break_it() -> None:
    facts = ProjectFacts(registered=date.max, stage_since=date.max, coach_since=date.max, has_coach=True)
    assert standing_of(facts, date.max).state in State


def test_a_long_text_of_a_team_is_cut_in_a_reason() -> None:
    history = f"2025-01-06 registered; 2025-01-10 barrier:{'x' * 500}"
    sentence = standing_of(facts_on(history, date(2025, 1, 31)), date(2025, 1, 31)).sentence
    assert "x…”" in sentence
    assert len(sentence) < 140


def test_a_long_name_is_cut_in_a_reason_too() -> None:
    day = date(2025, 2, 1)
    hold = HoldFacts(kind=HoldKind.PAUSE, since=date(2025, 1, 10), until=day, reason="y" * 500, who="w " * 400)
    ended = standing_of(ProjectFacts(hold=hold), day).sentence
    assert ended.startswith("The pause ended on 1 February 2025. w w")
    assert ended.endswith("… meant to take it up again.")
    assert len(standing_of(ProjectFacts(hold=hold), date(2025, 1, 31)).sentence) < 140


@pytest.mark.parametrize(
    ("stage", "today", "codes"),
    [
        ("aim", date(2025, 3, 6), ["no_life"]),
        ("aim", date(2025, 3, 7), ["same_step", "no_life", "stage_overstayed"]),
        ("changes", date(2025, 2, 20), ["no_cycle", "no_life"]),
        ("changes", date(2025, 7, 5), ["no_cycle", "same_step", "no_life", "stage_overstayed"]),
    ],
)
def test_another_method_goes_by_what_its_stages_are_for(stage: str, today: date, codes: list[str]) -> None:
    begun = date(2025, 1, 6)
    facts = ProjectFacts(method="model_for_improvement", stage=stage, registered=begun, stage_since=begun)
    assert [reason.code for reason in standing_of(facts, today).reasons] == codes


def test_a_stage_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        standing_of(ProjectFacts(stage="nowhere"), date(2025, 1, 6))
