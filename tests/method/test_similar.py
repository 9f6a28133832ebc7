"""Projects like this one, with the words that say so."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.method.similar import MOST_MATCHES, KnownProject, similar

FALLS = KnownProject("1", "Reducing falls on Ash Ward", "Older patients fall at night on the way to the toilet")
BLOOD = KnownProject("2", "Less blood loss at birth", "Postpartum haemorrhage of 1,000 ml or more")
SLEEP = KnownProject("3", "Quiet nights", "Patients cannot sleep because of noise at night")
TIMES = KnownProject("4", "Timely antibiotics", "Time from arrival to first antibiotic in sepsis")
ALL = (FALLS, BLOOD, SLEEP, TIMES)


@pytest.mark.parametrize(
    ("title", "problem", "keys"),
    [
        ("Fewer falls", "", ["1"]),
        ("Preventing a fall in the toilet", "", ["1"]),
        ("Postpartum haemorrhage", "", ["2"]),
        ("Antibiotics in sepsis", "", ["4"]),
        ("Noise at night", "", ["3", "1"]),
        ("Improve the quality of care for patients on the ward", "", []),
        ("Discharge letters", "Letters reach the surgery late", []),
        ("", "", []),
    ],
)
def test_projects_are_found_by_their_telling_words(title: str, problem: str, keys: list[str]) -> None:
    assert [match.key for match in similar(title, problem, ALL)] == keys


def test_what_anybody_does_every_day_makes_no_two_projects_alike() -> None:
    leaving = KnownProject("1", "Home before lunch", "People who are ready to go wait for tablets")
    hips = KnownProject("2", "Out of bed after hip surgery", "Nobody can go home before they have stood up")
    (match,) = similar(
        "Ready to go before noon", "They go home when the tablets come, and need to use a taxi", [leaving]
    )
    assert "go" not in match.shared
    assert similar("Where do they go and come from?", "We need to make use of what we find", [leaving, hips]) == ()


def test_a_match_says_which_words_are_shared_as_they_were_written() -> None:
    match = similar("Preventing falls in the toilet", "", ALL)[0]
    assert set(match.shared) == {"falls", "toilet"}
    assert match.reason.startswith("Both mention ")


def test_the_same_project_is_a_full_match() -> None:
    assert similar(BLOOD.title, BLOOD.problem, ALL)[0].score == pytest.approx(1.0)


def test_there_are_never_more_than_a_few() -> None:
    many = [KnownProject(str(n), "Falls at night") for n in range(20)]
    assert len(similar("Falls at night", "", many)) == MOST_MATCHES


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=40), max_size=5))
def test_any_text_is_compared(title: str, problem: str, titles: list[str]) -> None:
    others = [KnownProject(str(n), other) for n, other in enumerate(titles)]
    matches = similar(title, problem, others)
    assert all(0 < match.score <= 1.0000001 and match.shared for match in matches)
    assert list(matches) == sorted(matches, key=lambda match: -match.score)


def test_five_thousand_projects_are_compared_while_a_person_waits() -> None:
    words = [
        "falls", "pressure", "ulcer", "sepsis", "sleep", "noise", "birth", "blood",
        "night", "letter", "clinic", "pain", "drug", "chart", "bay",
    ]  # fmt: skip
    others = [
        KnownProject(str(n), f"{words[n % 15]} {words[n // 15 % 15]} {n}", " ".join(words[n % 7 : n % 7 + 8]))
        for n in range(5000)
    ]
    started = perf_counter()
    matches = similar("Falls at night", "Pressure ulcer on the bay", others)
    assert perf_counter() - started < 2
    assert matches
