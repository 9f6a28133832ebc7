"""Projects like this one, so that a team finds out what others tried before it starts again.

Words are compared, not meanings: each shared word counts more the fewer projects use it (inverse document frequency,
Spärck Jones, Journal of Documentation 28, 1972), and twice as much in a title.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

LEAST_SHARE = 0.2
"""Below a fifth of the weight of its own words a match is chance. Ours."""
MOST_MATCHES = 5
MOST_WORDS_NAMED = 4
TITLE_WEIGHT, PROBLEM_WEIGHT = 2.0, 1.0
TEXTS_REMEMBERED = 20_000

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")
_SHORTEST_STEM = 4

_SMALL_WORDS = """
a about after all also an and any are as at be because been before being but by can could did do does for from get gets
had has have how if in into is it its more most no not of on one or other our out over per so some such than that the
their them then there these they this those to too under up was we were what when where which who why will with would
you your
"""
_WORDS_OF_EVERY_DEED = """
bring brings come comes coming find found give gives given go goes going gone keep keeps make makes made need needs put
see take takes taken use used uses using want
"""
_WORDS_OF_EVERY_PROJECT = """
aim better change fewer improve improved improvement improving increase increased increasing number patient patients
people percentage problem project qi quality rate reduce reduced reducing reduction staff team ward wards
"""
_STOP_WORDS = frozenset(f"{_SMALL_WORDS} {_WORDS_OF_EVERY_DEED} {_WORDS_OF_EVERY_PROJECT}".split())


@dataclass(frozen=True, slots=True)
class KnownProject:
    """A project to compare with."""

    key: str
    title: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A project like this one. `score` is 0 to 1; `shared` are the words in both, the most telling first."""

    key: str
    title: str
    score: float
    shared: tuple[str, ...]
    reason: str


def similar(title: str, problem: str, others: Iterable[KnownProject]) -> tuple[Match, ...]:
    """At most five projects like this one, the most alike first. Empty when the words say too little."""
    return similar_to_each([KnownProject("", title, problem)], others)[0]


def similar_to_each(asked: Sequence[KnownProject], others: Iterable[KnownProject]) -> tuple[tuple[Match, ...], ...]:
    """The same for several projects at once, in their order. One that is among the others is not like itself."""
    known = [(project, _weighted(project.title, project.problem)) for project in others]
    rarity = _rarity(words for _, words in known)
    return tuple(_most_alike(project, known, rarity) for project in asked)


def _most_alike(
    asked: KnownProject, known: Sequence[tuple[KnownProject, Mapping[str, float]]], rarity: Mapping[str, float]
) -> tuple[Match, ...]:
    own = {stem: weight * rarity.get(stem, 1.0) for stem, weight in _weighted(asked.title, asked.problem).items()}
    whole = sum(own.values())
    if not whole:
        return ()
    alike = []
    for project, words in known:
        score = sum([own[stem] for stem in own.keys() & words.keys()]) / whole
        if score >= LEAST_SHARE and (not asked.key or project.key != asked.key):
            alike.append((-score, project.title, project.key, project, words))
    written = _as_written(f"{asked.title} {asked.problem}")
    best = heapq.nsmallest(MOST_MATCHES, alike, key=lambda one: one[:3])
    return tuple(_match(project, -score, own, words, written) for score, _, _, project, words in best)


def _match(
    project: KnownProject,
    score: float,
    own: Mapping[str, float],
    words: Mapping[str, float],
    written: Mapping[str, str],
) -> Match:
    shared = sorted(own.keys() & words.keys(), key=lambda stem: (-own[stem], stem))
    as_written = tuple(written[stem] for stem in shared)
    return Match(
        project.key, project.title, score, as_written, f"Both mention {', '.join(as_written[:MOST_WORDS_NAMED])}."
    )


def _rarity(projects: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """1 for a word that every project uses, more the fewer do."""
    total, uses = 0, Counter[str]()
    for words in projects:
        total += 1
        uses.update(words.keys())
    return {stem: 1 + math.log(total / n) for stem, n in uses.items()}


def _weighted(title: str, problem: str) -> dict[str, float]:
    """Each telling word of a project with its weight: that of the title where it stands in both."""
    return dict.fromkeys(_stems(problem), PROBLEM_WEIGHT) | dict.fromkeys(_stems(title), TITLE_WEIGHT)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_as_written(text))


def _as_written(text: str) -> dict[str, str]:
    """Each telling word by its stem, as it was first written."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text.lower()):
        if len(word) > 1 and word not in _STOP_WORDS and not word.isdigit():
            found.setdefault(_stem(word), word)
    return found


def _stem(word: str) -> str:
    """A word without its ending, so that "falls" meets "fall" and "assessing" meets "assessed"."""
    plain = word.replace("’", "'").removesuffix("'s")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_STEM:
            return plain.removesuffix(ending)
    return plain
