"""What a driver diagram lacks, and what may hang on what."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.method.drivers import (
    LEVEL_WORDS,
    PARENT_LEVELS,
    Diagram,
    Level,
    Node,
    faults,
    gaps,
    gaps_by_node,
    why_not_hang,
)
from qitracker.method.ideas import IdeaStatus

AIM = Node(key="a", level=Level.AIM, text="Fewer falls")


def primary(key: str = "p", *, has_measure: bool = True, because: str = "") -> Node:
    return Node(key=key, level=Level.PRIMARY, text="Staff in sight", parents=("a",), has_measure=has_measure,
                no_measure_because=because)  # fmt: skip


def secondary(key: str = "s", parents: tuple[str, ...] = ("p",), *, has_measure: bool = True) -> Node:
    return Node(key=key, level=Level.SECONDARY, text="Bay nursing", parents=parents, has_measure=has_measure)


def idea(key: str = "i", parents: tuple[str, ...] = ("s",), n_cycles: int = 1, status: str = "new") -> Node:
    return Node(key=key, level=Level.IDEA, text="Desk in bay", parents=parents, n_cycles=n_cycles,
                status=IdeaStatus(status))  # fmt: skip


@pytest.mark.parametrize(
    ("nodes", "found"),
    [
        ((), {}),
        ((AIM, primary(), secondary(), idea()), {}),
        ((AIM, primary(), idea(parents=("p",))), {}),
        ((AIM, primary("p"), primary("q"), secondary(parents=("p", "q")), idea()), {}),
        ((AIM, primary()), {"p": ["driver_without_idea"]}),
        ((AIM, primary(), secondary()), {"p": ["driver_without_idea"], "s": ["driver_without_idea"]}),
        ((AIM, primary(has_measure=False), idea(parents=("p",))), {"p": ["driver_without_measure"]}),
        ((AIM, primary(has_measure=False, because="Cannot count it"), idea(parents=("p",))), {}),
        ((AIM, primary(), idea(parents=("p",), n_cycles=0)), {"i": ["idea_without_test"]}),
        ((AIM, primary(), idea(parents=("p",), n_cycles=0, status="abandoned")), {}),
        ((AIM, idea(parents=())), {"i": ["not_joined"]}),
        ((AIM, primary(), secondary(parents=()), idea()),
         {"p": ["driver_without_idea"], "s": ["not_joined"]}),
    ],
)  # fmt: skip
def test_gaps_are_named_at_their_box(nodes: tuple[Node, ...], found: dict[str, list[str]]) -> None:
    diagram = Diagram(nodes)
    by_node = gaps_by_node(diagram)
    assert {key: [reason.code for reason in reasons] for key, reasons in by_node.items()} == found
    assert len(gaps(diagram)) == sum(map(len, found.values()))


def test_a_gap_says_which_box() -> None:
    assert gaps(Diagram((AIM, primary())))[0].sentence == "“Staff in sight” has no change idea yet."


@pytest.mark.parametrize(
    ("child", "parent", "code"),
    [
        ("primary", "aim", None),
        ("secondary", "primary", None),
        ("idea", "primary", None),
        ("idea", "secondary", None),
        ("aim", "primary", "aim_hangs_on_nothing"),
        ("primary", "primary", "wrong_level"),
        ("secondary", "aim", "wrong_level"),
        ("idea", "aim", "wrong_level"),
        ("idea", "idea", "wrong_level"),
    ],
)
def test_a_level_hangs_only_on_levels_above_it(child: str, parent: str, code: str | None) -> None:
    reason = why_not_hang(Level(child), Level(parent))
    assert (reason.code if reason else None) == code


@pytest.mark.parametrize(
    ("child", "sentence"),
    [
        ("primary", "A primary driver hangs on the aim."),
        ("secondary", "A secondary driver hangs on a primary driver."),
        ("idea", "A change idea hangs on a primary driver or a secondary driver."),
    ],
)
def test_a_refusal_says_where_it_may_hang(child: str, sentence: str) -> None:
    reason = why_not_hang(Level(child), Level.IDEA)
    assert reason is not None
    assert reason.sentence == sentence


def test_no_level_hangs_on_itself_or_below_so_no_diagram_runs_in_a_circle() -> None:
    order = list(Level)
    assert set(PARENT_LEVELS) == set(LEVEL_WORDS) == set(Level)
    for child, parent in product(Level, Level):
        if parent in PARENT_LEVELS[child]:
            assert order.index(parent) < order.index(child)


@pytest.mark.parametrize(
    ("nodes", "codes"),
    [
        ((AIM, primary()), []),
        ((AIM, AIM), ["key_twice"]),
        ((primary(),), ["parent_unknown"]),
        ((AIM, secondary(parents=("a",))), ["wrong_level"]),
    ],
)
def test_a_diagram_that_cannot_be_drawn_is_found(nodes: tuple[Node, ...], codes: list[str]) -> None:
    assert [reason.code for reason in faults(Diagram(nodes))] == codes


keys = st.sampled_from("abcdef")
any_node = st.builds(Node, key=keys, level=st.sampled_from(Level), text=st.text(max_size=5),
                     parents=st.lists(keys, max_size=3).map(tuple), n_cycles=st.integers(0, 2))  # fmt: skip


@given(st.lists(any_node, max_size=12, unique_by=lambda node: node.key).map(tuple))
def test_any_diagram_circles_too_is_looked_at_to_the_end(nodes: tuple[Node, ...]) -> None:
    assert set(gaps_by_node(Diagram(nodes))) <= {node.key for node in nodes}
    assert all(reason.sentence for reason in faults(Diagram(nodes)))
