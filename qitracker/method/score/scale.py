"""The ten scores in our own words, after IHI's Assessment Scale for Collaboratives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grade:
    """One score: its value, its name, and what a project is like that has it."""

    value: float
    name: str
    definition: str


SCALE: tuple[Grade, ...] = (
    Grade(0.5, "Intends to start", "The problem is named. There is no aim and no team yet."),
    Grade(1.0, "Aim and team", "The aim is written and looked at, and people are named. Work has not begun."),
    Grade(1.5, "Planning has begun", "The team has met, or planned its first steps and how it will work."),
    Grade(
        2.0, "Active, no changes yet", "The team is learning: first numbers, how the work is done now, what drives it."
    ),
    Grade(
        2.5,
        "Changes tested",
        "The first tests have been run and studied. A chart shows the measure and where it should go.",
    ),
    Grade(
        3.0,
        "Modest improvement",
        "Some tests worked and a change is kept. About a fifth of the way is done, or people tell what became better.",
    ),
    Grade(3.5, "Improvement", "Testing and adopting go on, and a chart shows a change for the better."),
    Grade(
        4.0,
        "Significant improvement",
        "At least half of the way is done and the outcome chart shows it. Changes become part of the job.",
    ),
    Grade(4.5, "Improvement that lasts", "The better level has held for a while, and it is agreed who keeps it."),
    Grade(
        5.0,
        "Outstanding, and it stays",
        "The aim has been met for months, the change is how things are done here, and others use it too.",
    ),
)

VALUES: tuple[float, ...] = tuple(grade.value for grade in SCALE)


def grade_of(value: float) -> Grade:
    """The grade of a score. Raises ValueError for a number that is not on the scale."""
    for grade in SCALE:
        if grade.value == value:
            return grade
    raise ValueError(f"a progress score is 0.5 to 5.0 in halves, not {value:g}")
