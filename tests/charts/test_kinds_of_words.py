"""What charts of every kind and rule set say: their lines, rules, warnings, and how long to wait; as tables."""

from dataclasses import replace

import pytest

from qitracker.charts.close_words import close_headline, close_words
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.point_words import BOTH_WORD, point_counted, point_words, rule_sentence
from qitracker.charts.rule_sets import RULE_SETS
from qitracker.charts.spc_chart import chart_data
from qitracker.charts.spc_data import CLOSE, CLOSE_WORD
from qitracker.charts.time_words import time_to_be_sure
from qitracker.charts.words import finding
from qitracker.method.measures import Rhythm
from qitracker.spc import Analysis, Chart, Direction, Meaning, RuleSet, Series, Signal, analyse

PLAIN = MeasureWords("Falls", "", Rhythm.WEEK)
SHARE = MeasureWords("Bleeds", "%", Rhythm.MONTH, "bleeds", "births")
STEADY = (5, 7, 6, 4, 6, 7, 5, 6, 4, 7, 5, 6, 7, 4, 6, 5, 7, 6, 4, 6)
DOWN = Direction.DECREASE


def plain(*y: float | None, chart: Chart = Chart.I, **options: object) -> Analysis:
    return analyse(replace(Series(chart, y, direction=DOWN, freeze=20), **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "later", "said"),
    [
        (RuleSet.MAKING_DATA_COUNT, [4.5, 5] * 4, "8 weeks in a row were below the average of 5.7"),
        (RuleSet.NELSON, [4.5, 5] * 5, "10 weeks in a row were below the average of 5.7"),
        (RuleSet.WESTERN_ELECTRIC, [4.5, 5] * 4, "8 weeks in a row were below the average of 5.7"),
        (RuleSet.WESTERN_ELECTRIC, [7.9] * 4, "At least 4 of the last 5 weeks were well above the average of 5.7"),
        (RuleSet.NELSON, [30], "Point 21 (30) was above the upper limit"),
        (RuleSet.NELSON, [3, 3.5, 4, 4.5, 5, 5.5], "The last 6 weeks all went up"),
    ],
)
def test_each_rule_set_says_what_its_rules_saw(rules: RuleSet, later: list[float], said: str) -> None:
    analysis = plain(*STEADY, *later, rules=rules, freeze=20)
    assert said in finding(analysis, PLAIN).sentence


def test_a_tie_ends_a_run_where_the_rules_say_so() -> None:
    cl = plain(*[4, 6] * 10, rules=RuleSet.MAKING_DATA_COUNT).cl[0]
    later = [*[4.5] * 7, cl, *[4.5] * 7]
    counted = plain(*[4, 6] * 10, *later, rules=RuleSet.MAKING_DATA_COUNT)
    assert "The last 7 weeks" in finding(counted, PLAIN).sentence
    assert "14 weeks in a row" in finding(plain(*[4, 6] * 10, *later), PLAIN).sentence


def test_the_rules_of_anhoej_say_that_runs_are_unusual_and_not_which_way() -> None:
    found = finding(plain(*[9, 8] * 7, *[3, 2] * 8, chart=Chart.RUN, rules=RuleSet.ANHOEJ, freeze=None), PLAIN)
    assert found.headline == "Something changed here, and it is unlikely to be chance"
    assert "chance alone would make it" in found.detail
    steady = finding(plain(*STEADY, chart=Chart.RUN, rules=RuleSet.ANHOEJ, freeze=None), PLAIN)
    assert steady.headline == "No clear change yet"


def test_improvement_and_concern_on_one_point_are_both_said() -> None:
    analysis = plain(*STEADY, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.2)
    last = len(analysis.y) - 1
    assert last in analysis.both
    assert point_words(analysis, last).startswith(f"{BOTH_WORD} (")
    detail = finding(analysis, PLAIN).detail
    assert "in a row were below the average" in detail
    assert "all went up" in detail


def test_a_constant_series_has_no_variation_to_judge() -> None:
    for value in (7.0, 0.0):
        found = finding(plain(*[value] * 15, freeze=None), PLAIN)
        assert found.headline == "No variation: every number is the same"
    assert "have the same number, 7," in finding(plain(*[7] * 15, freeze=None), PLAIN).detail


@pytest.mark.parametrize(
    ("later", "because", "said"),
    [
        (
            [7, 9.4],
            ("W1",),
            "close to the upper limit, and the one before it lay on the same side. If one of the next 2",
        ),
        (
            [5] * 7,
            ("W2",),
            "The last 7 weeks were all below the average, one short of a shift. If the next number is below the average",
        ),
        (
            [4, 5, 5.5, 6, 6.5],
            ("W3",),
            "The last 5 weeks all went up, one short of a trend. If the next number is above 6.5 too",
        ),
        ([4, 5, 5.5, 6, 5], (), ""),
    ],
)
def test_close_to_a_signal_names_the_rule_and_what_would_confirm_it(
    later: list[float], because: tuple[str, ...], said: str
) -> None:
    analysis = plain(*STEADY, *later)
    assert analysis.close_to.because == because
    words = close_words(analysis, PLAIN)
    assert said in words
    assert bool(words) is bool(because) is ("not certain" in words) is bool(close_headline(analysis))
    kinds = [row["kind"] for row in chart_data(analysis, PLAIN)["points"]]
    assert kinds.count(CLOSE) == (1 if because else 0)
    assert (CLOSE_WORD in [row["text"] for row in chart_data(analysis, PLAIN)["key_words"]]) is bool(because)
    assert finding(analysis, PLAIN).meaning is Meaning.COMMON_CAUSE


def months(k: int) -> tuple[str, ...]:
    return tuple(f"{2021 + i // 12}-{i % 12 + 1:02d}-01" for i in range(k))


def share(k: int, **options: object) -> Analysis:
    y, n = tuple(8 + i * 7 % 5 for i in range(k)), tuple(76 + i % 5 for i in range(k))
    made = Series(Chart.P, y, n=n, x=months(k), multiply=100, direction=DOWN)
    return analyse(replace(made, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("analysis", "words", "aim", "number", "said"),
    [
        (share(30, freeze=24), SHARE, 9.0, "About 18 months", "with about 78 births a month"),
        (
            share(24),
            SHARE,
            9.0,
            "months",
            "If the baseline ended with the latest number, it would take about 18 months.",
        ),
        (share(30, chart=Chart.PP, freeze=24), SHARE, 9.0, "About 8 months", "with about 78 births a month"),
        (plain(*STEADY, 6, chart=Chart.IP, n=(4.0,) * 21), PLAIN, 0.7, "weeks", "it takes about"),
        (share(24), SHARE, 12.7, "More than 10 years", "may not show it within ten years"),
        (share(24), SHARE, 1.0, "About 2 months", "goes from 12.8% to 1%"),
        (plain(*[2, 0, 1, 3, 0, 2] * 4, chart=Chart.C), PLAIN, 0.5, "", ""),
    ],
)
def test_how_long_it_takes_to_be_sure(
    analysis: Analysis, words: MeasureWords, aim: float, number: str, said: str
) -> None:
    found = time_to_be_sure(analysis, words, aim)
    assert found is not None
    assert number in found.number
    assert said in found.sentence


def test_a_chart_whose_shares_vary_more_than_chance_shows_a_change_later() -> None:
    y, n = tuple(8 + i * 7 % 13 for i in range(30)), tuple(76 + i % 5 for i in range(30))
    waits = []
    for chart in (Chart.P, Chart.PP):
        analysis = share(30, y=y, n=n, chart=chart, freeze=24)
        found = time_to_be_sure(analysis, SHARE, 9.0)
        assert found is not None
        waits.append(int(found.number.split()[1]))
    assert waits[1] > 1.5 * waits[0]


@pytest.mark.parametrize(
    ("analysis", "aim", "said"),
    [
        (share(30, freeze=24), 12.5, "the change is too small for this chart to tell."),
        (plain(*[1, 0, 1, 0, 0, 2] * 4, chart=Chart.C), 0.6, "The time or the cases between events would tell more."),
        (plain(*STEADY, 5), 5.6, "the change is too small for this chart to tell."),
    ],
)
def test_a_doubtful_signal_is_put_down_to_rare_events_only_where_they_are(
    analysis: Analysis, aim: float, said: str
) -> None:
    found = time_to_be_sure(analysis, SHARE, aim)
    assert found is not None
    assert found.sentence.endswith(said)


@pytest.mark.parametrize("rules", RuleSet)
def test_other_rules_are_told_that_the_time_is_that_of_the_usual_ones(rules: RuleSet) -> None:
    found = time_to_be_sure(plain(*STEADY, 5, rules=rules), PLAIN, 4.0)
    assert found is not None
    assert ("worked out for the usual rules" in found.sentence) is (rules is not RuleSet.PROVOST_MURRAY)


def test_ending_the_baseline_is_advised_where_it_helps_and_from_twenty_numbers_on() -> None:
    short, kept, bold = (
        time_to_be_sure(share(16, freeze=freeze), SHARE, aim) for freeze, aim in ((None, 9.0), (14, 9.0), (None, 1.0))
    )
    assert short is not None
    assert kept is not None
    assert bold is not None
    assert "Each new number still moves the average. If the baseline ended with the 20th number, it" in short.sentence
    assert "baseline" not in kept.sentence
    assert "baseline" not in bold.sentence


@pytest.mark.parametrize(
    ("analysis", "words", "aim"),
    [
        (share(24), SHARE, None),
        (share(24), SHARE, 14.0),  # it is lower than that already
        (share(24), SHARE, -3.0),  # no share
        (share(11, chart=Chart.P), SHARE, 9.0),
        (share(24), replace(SHARE, rhythm=Rhythm.NONE), 9.0),
        (plain(*STEADY, chart=Chart.RUN), PLAIN, 1.0),
        (plain(*[5] * 20), PLAIN, 1.0),
    ],
)
def test_there_is_no_time_to_be_told(analysis: Analysis, words: MeasureWords, aim: float | None) -> None:
    assert time_to_be_sure(analysis, words, aim) is None


@pytest.mark.parametrize(
    ("chart", "line", "axis"),
    [
        (Chart.XBAR, "Average", "Average of the values taken together, minutes"),
        (Chart.S, "Average spread", "Spread of the values taken together (standard deviation), minutes"),
        (Chart.MR, "Average step", "Step from one number to the next, minutes"),
        (Chart.G, "Middle value", "Cases from one event to the next"),
        (Chart.T, "Typical time", "Time from one event to the next, minutes"),
        (Chart.I, "Average", None),
    ],
)
def test_every_kind_names_its_line_and_what_it_plots(chart: Chart, line: str, axis: str | None) -> None:
    words = MeasureWords("Wait", "minutes", Rhythm.WEEK)
    x = months(24)
    y = tuple(float(3 + i * 7 % 5) for i in range(24))
    if chart in {Chart.XBAR, Chart.S}:
        x, y = x * 2, y + tuple(value + 1 + i % 3 for i, value in enumerate(y))
    analysis = analyse(Series(chart, y, x=x, direction=DOWN))
    data = chart_data(analysis, words)
    assert any(row["text"].startswith(line) for row in data["ends"])
    texts = [row["text"] for row in data["key_words"]]
    assert (axis in texts) if axis else not any("one" in text for text in texts)
    if chart in {Chart.XBAR, Chart.S}:
        assert point_counted(analysis, 0, words) == "2 values"


def test_limits_on_trial_are_drawn_otherwise_and_named() -> None:
    trial, settled = (chart_data(share(k), SHARE) for k in (15, 20))
    assert {row["trial"] for row in trial["limits"]} == {True}
    assert {row["trial"] for row in settled["limits"]} == {False}
    assert any(row["text"].startswith("Upper limit, on trial") for row in trial["ends"])
    assert any(row["text"].startswith("Upper limit ") for row in settled["ends"])


def test_a_target_that_changes_is_a_step_and_one_that_does_not_a_line() -> None:
    x = months(24)
    steps = chart_data(share(24, target=((x[4], 10.0), (x[12], None), (x[18], 8.0))), SHARE)["target"]
    assert [row["y"] for row in steps] == [10.0] * 16 + [8.0] * 12
    assert {row["stretch"] for row in steps} == {1, 2}
    assert [row["y"] for row in chart_data(share(24, target=9), SHARE)["target"]] == [9, 9]
    assert chart_data(share(24), SHARE)["target"] == []


@pytest.mark.parametrize("rules", RuleSet)
def test_every_rule_set_has_its_words(rules: RuleSet) -> None:
    words = RULE_SETS[rules]
    assert words.sentence.endswith(".")
    assert words.name
    assert words.source


def test_a_rule_names_the_line_of_its_chart() -> None:
    assert "middle value" in rule_sentence(Signal.SHIFT8, Chart.G)
    assert "average" in rule_sentence(Signal.SHIFT8)


def test_the_chart_says_the_same_limit_as_the_sentence_unless_the_eye_could_tell_them_apart() -> None:
    alike, apart = share(24), share(24, n=(*(78,) * 23, 20), y=(*(9,) * 23, 3))
    for analysis, is_alike in ((alike, True), (apart, False)):
        (label,) = [row["text"] for row in chart_data(analysis, SHARE)["ends"] if row["text"].startswith("Upper")]
        usual = f"{analysis.phases[-1].ucl:.1f}%"
        assert (label == f"Upper limit {usual}") is is_alike
    assert f"to {alike.phases[-1].ucl:.1f}%" in finding(alike, SHARE).detail


@pytest.mark.parametrize(("k", "said"), [(8, "Too early to say"), (24, "Common cause")])
def test_an_ordinary_point_says_nothing_while_there_are_too_few(k: int, said: str) -> None:
    data = chart_data(share(k, chart=Chart.RUN if k < 12 else Chart.P), SHARE)
    assert {row["shows"].partition(" (")[0] for row in data["points"]} == {said}
    assert [row["text"] for row in data["key_words"]] == [said]
