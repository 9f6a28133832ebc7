"""What a chart says, on series whose answer is known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.point_words import point_counted
from qitracker.charts.words import (
    assurance_words,
    caution_words,
    finding,
    point_words,
    rule_sentence,
    suggestion_words,
)
from qitracker.method.measures import Rhythm
from qitracker.spc import Analysis, Caution, Chart, Direction, Meaning, Series, Signal, analyse

# Women from ethnic minorities with a major bleed after birth, and all who gave birth, month by month: a made-up
# series of 40 months whose first 24 average 227 in 1,893 and whose last 16 average 113 in 1,260.
BLEEDS = (6, 8, 7, 12, 9, 12, 10, 6, 12, 9, 10, 6, 5, 9, 15, 8, 8, 10, 11, 10, 10, 8, 14, 12,
          8, 8, 6, 7, 6, 6, 7, 9, 5, 7, 5, 10, 5, 7, 6, 11)  # fmt: skip
BIRTHS = (76, 88, 82, 88, 81, 73, 82, 69, 83, 82, 71, 70, 75, 69, 88, 79, 78, 88, 75, 79, 84, 78, 79, 76,
          80, 76, 73, 75, 82, 82, 71, 88, 88, 88, 70, 81, 74, 68, 87, 77)  # fmt: skip
MONTHS = tuple(f"{2022 + (5 + i) // 12}-{(5 + i) % 12 + 1:02d}-01" for i in range(40))
SHARE = MeasureWords("Major bleeding after birth", "%", Rhythm.MONTH, "bleeds", "births")
PLAIN = MeasureWords("Falls", "", Rhythm.WEEK)

STEADY = (5, 7, 6, 4, 6, 7, 5, 6, 4, 7, 5, 6, 7, 4, 6, 5, 7, 6, 4, 6)


def bleeds(**options: object) -> Analysis:
    plain = Series(Chart.P, BLEEDS, n=BIRTHS, x=MONTHS, multiply=100, direction=Direction.DECREASE, target=6)
    return analyse(replace(plain, **options))  # type: ignore[arg-type]  # fields of Series by name


def plain(
    *y: float | None, direction: Direction = Direction.DECREASE, chart: Chart = Chart.I, **options: object
) -> Analysis:
    return analyse(replace(Series(chart, y, direction=direction), **options))  # type: ignore[arg-type]


def test_a_new_phase_says_from_what_to_what_since_when_and_when_it_was_confirmed() -> None:
    found = finding(bleeds(part=(24,)), SHARE)
    assert found.headline == "This has improved, and it is unlikely to be chance"
    assert found.detail.startswith(
        "The average went from 12.0% to 9.0%. From June 2024, 11 months in a row were below the average of 12.0%. "
        "The shift was confirmed in January 2025."
    )
    assert found.detail.endswith("it will meet the target of 6% in some months and miss it in others.")
    assert found.short == "Improved. The average went from 12.0% to 9.0%."
    assert found.meaning is Meaning.IMPROVEMENT
    assert found.sentence.startswith("This has improved, and it is unlikely to be chance. The average went")


def test_a_shift_without_a_phase_says_the_same_and_offers_the_phase() -> None:
    analysis = bleeds(freeze=24)
    found = finding(analysis, SHARE)
    assert found.headline == "This has improved, and it is unlikely to be chance"
    assert "From June 2024, 11 months in a row were below the average of 12.0%." in found.detail
    assert "confirmed in January 2025. Since it began, the average is 9.0%." in found.detail
    assert "On average that does not yet meet the target of 6%." in found.detail
    offer = suggestion_words(analysis, analysis.suggestions[0], SHARE)
    assert "you can start a new phase from June 2024" in offer
    assert "an average of 9.0% and an expected range of 0% to 18.6%" in offer


@pytest.mark.parametrize(
    ("y", "direction", "headline", "meaning"),
    [
        (STEADY, Direction.DECREASE, "No clear change yet", Meaning.COMMON_CAUSE),
        ((*STEADY, 30), Direction.DECREASE, "The latest number is worse than expected", Meaning.CONCERN),
        ((*STEADY, 30), Direction.INCREASE, "The latest number is better than expected", Meaning.IMPROVEMENT),
        ((*STEADY, 30), Direction.NEUTRAL, "The latest number is higher than expected", Meaning.NEUTRAL_HIGH),
        ((*STEADY, -20), Direction.NEUTRAL, "The latest number is lower than expected", Meaning.NEUTRAL_LOW),
        ((*STEADY, *[4.5, 5] * 5), Direction.DECREASE, "This is improving", Meaning.IMPROVEMENT),
        ((*STEADY, *[4.5, 5] * 5), Direction.INCREASE, "This is getting worse", Meaning.CONCERN),
        ((*STEADY, *[4.5, 5] * 5), Direction.NEUTRAL, "This is lower than before", Meaning.NEUTRAL_LOW),
        ((*STEADY, *[6, 6.5] * 5), Direction.NEUTRAL, "This is higher than before", Meaning.NEUTRAL_HIGH),
        (
            (*STEADY, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.2),
            Direction.DECREASE,
            "There are signs of improvement and of concern",
            Meaning.CONCERN,
        ),
        ((*STEADY, 30, *STEADY), Direction.DECREASE, "No clear change at the moment", Meaning.COMMON_CAUSE),
    ],
)
def test_headlines(y: tuple[float, ...], direction: Direction, headline: str, meaning: Meaning) -> None:
    found = finding(plain(*y, direction=direction, freeze=20), PLAIN)
    assert found.headline.startswith(headline)
    assert found.meaning is meaning


def test_what_is_over_is_told_as_over() -> None:
    detail = finding(plain(*STEADY, 30, *STEADY, freeze=20), PLAIN).detail
    assert "Earlier, point 21 (30) was above the upper limit" in detail


@pytest.mark.parametrize(
    ("later", "headline"),
    [
        ([2, 3] * 8, "This has improved, and it is unlikely to be chance"),
        ([2, 3] * 8 + [9], "This improved, but the latest number is a concern"),
        ([7.5, 8.5] * 8, "This has got worse, and it is unlikely to be chance"),
        ([7.5, 8.5] * 8 + [1], "This got worse, but the latest number is better than expected"),
        ([5, 6] * 8, "No clear change yet"),
        ([5, 6], "Not enough numbers in this phase yet: 2 of 12"),
    ],
)
def test_a_second_phase(later: list[float], headline: str) -> None:
    assert finding(plain(*STEADY, *later, part=(20,)), PLAIN).headline == headline


def test_too_few_numbers_say_how_many_are_missing_and_name_an_early_sign() -> None:
    few = finding(plain(5, 6, 4, 7, 5, 6, 5, chart=Chart.RUN), PLAIN)
    assert (few.headline, few.meaning) == ("Not enough numbers yet: 7 of 12", None)
    early = finding(plain(5, 6, 4, 7, 9, 8, 7, 6, 5, chart=Chart.RUN), PLAIN)
    assert "An early sign: the last 5 weeks all went down, from point 5." in early.detail


def test_a_run_chart_speaks_of_the_middle_value_and_promises_no_limits() -> None:
    found = finding(plain(*[9, 8] * 7, *[3, 2] * 4, chart=Chart.RUN), PLAIN)
    assert found.headline == "This is improving, and it is unlikely to be chance"
    assert "middle value of 8" in found.detail
    assert "anything from" not in found.detail


def test_no_numbers() -> None:
    assert finding(None, PLAIN).headline == "No numbers yet"
    left_out = replace(plain(*STEADY), y=(None,) * 20)
    assert finding(left_out, PLAIN).headline == "No numbers yet"


@pytest.mark.parametrize(
    ("target", "direction", "said"),
    [
        (50, Direction.DECREASE, "As things are, it will reliably meet the target of 50."),
        (0.5, Direction.DECREASE, "It will not reliably meet the target of 0.5 without a change."),
        (5, Direction.DECREASE, "it will meet the target of 5 in some weeks and miss it in others."),
        (50, Direction.INCREASE, "It will not reliably meet the target of 50 without a change."),
        (5, Direction.NEUTRAL, ""),
        (None, Direction.DECREASE, ""),
    ],
)
def test_what_the_chart_promises(target: float | None, direction: Direction, said: str) -> None:
    words = assurance_words(plain(*[5, 6] * 10, direction=direction, target=target), PLAIN)
    if target == 5 and said:
        words = assurance_words(plain(*STEADY, target=target), PLAIN)
    assert words.endswith(said)
    assert bool(words) is bool(said)


def test_cautions_in_words_name_their_phase_and_come_once() -> None:
    assert caution_words(bleeds(part=(24,))) == (
        "Phase 2: The limits rest on fewer than 20 numbers, so they are on trial. They will settle as you add more.",
    )
    doubled = replace(bleeds(), warnings=(Caution("new_code", "engine words"), Caution("new_code", "engine words")))
    assert caution_words(doubled) == ("engine words",)


@pytest.mark.parametrize("signal", Signal)
def test_every_rule_has_a_sentence(signal: Signal) -> None:
    assert rule_sentence(signal).endswith(".")


def test_each_point_says_what_it_shows_and_why() -> None:
    analysis = plain(*STEADY, 30, None, *STEADY, freeze=20, exclude=(3,))
    assert point_words(analysis, 20) == "Special cause: concern (above the upper limit)"
    assert point_words(analysis, 0) == "Common cause"
    assert point_words(analysis, 2) == "Left out of the calculation"
    assert point_words(analysis, 21) == "No number"


def test_what_a_point_counts() -> None:
    assert point_counted(bleeds(), 39, SHARE) == "11 of 77 births"
    rate = analyse(Series(Chart.U, (4, 3), n=(930, 1000), multiply=1000))
    assert (
        point_counted(rate, 0, MeasureWords("Falls", counted="falls", out_of="bed days")) == "4 falls in 930 bed days"
    )
    assert point_counted(plain(*STEADY), 0, PLAIN) == ""


@given(
    st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=1, max_size=60),
    st.sampled_from([Chart.RUN, Chart.I]),
    st.sampled_from(list(Direction)),
    st.sampled_from(list(Rhythm)),
    st.integers(0, 40),
)
def test_every_series_has_a_finding(
    y: list[float | None], chart: Chart, direction: Direction, rhythm: Rhythm, part: int
) -> None:
    if all(v is None for v in y):
        y = [*y, 1.0]
    parts = (part,) if 0 < part < len(y) else ()
    analysis = analyse(Series(chart, tuple(y), direction=direction, part=parts, target=3.0))
    found = finding(analysis, MeasureWords("Any", "", rhythm))
    assert found.headline
    assert not found.headline.endswith(".")
    assert found.short.endswith(".")
    assert "None" not in found.sentence + found.short
    assert "nan" not in found.sentence.lower().replace("nance", "")
    assert all(point_words(analysis, i) for i in range(len(y)))
