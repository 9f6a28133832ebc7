"""Coaches on the wards: who is trained for which, their visits over two years, and a coach who is away."""

from collections.abc import Mapping
from datetime import timedelta

from qitracker.coaching.team_actions import add_trained, end_trained, go_away, note_visit
from qitracker.demo.people import Hospital
from qitracker.demo.story import Story
from qitracker.method.dates import months_after
from qitracker.method.roles import Role
from qitracker.models import Person, TrainedCoach
from qitracker.people.actions import add_person, give_role

TRAINED = (
    ("Ward 18", 26), ("Brindle", 26), ("AMU", 25), ("Ward 2C", 24), ("RWA", 23), ("ICU", 22), ("Ward 17", 21), ("Ward 23", 19),
    ("Leyland", 18), ("SAU", 16), ("Ward 12", 15), ("MAU CDH", 13), ("Ward 15 Unit 1", 11), ("ED RPH", 9), ("Ward 21", 7),
    ("Ward 10", 5), ("Gynaecology", 3),
)  # fmt: skip
"""Wards with a trained coach, and how many months ago they were trained: 17 of the 38 wards, the number of the published
programme. Ward 16 and Ward 4 had one, who has moved on; all other wards have none. Which wards, and when, is made up."""
LEFT = (("Ward 16", 25, 8), ("Ward 4", 20, 3))
"""Ward, months ago trained, months ago ended."""
OF_EIGHT = (5, 5, 6, 5, 4, 5, 6, 5, 5, 6, 6, 5)
"""Of eight trained coaches, how many visit in a month: about the 63% that coached in East London (January 2020)."""
MINUTES = (30, 45, 60, 20)
NOTES = (
    "Looked at the chart with the night staff.", "Helped to make a test smaller.", "Ward meeting.", "Ideas from the board.",
)  # fmt: skip


def train(story: Story, hospital: Hospital) -> None:
    """All of it, month by month, up to today."""
    this_month = story.today.replace(day=1)
    oldest = max(months for _, months in TRAINED)
    ends = {ward: ended for ward, _, ended in LEFT}
    begun = {ward: months for ward, months, *_ in (*TRAINED, *LEFT)}
    story.begin(months_after(this_month, -oldest))
    coaches: dict[str, tuple[Person, TrainedCoach]] = {}
    for months in range(oldest, -1, -1):
        story.on(months_after(this_month, -months))
        for ward in [ward for ward, ago in begun.items() if ago == months]:
            coaches[ward] = _trained(story, hospital, ward)
        for ward in [ward for ward, ago in ends.items() if ago == months]:
            end_trained(coaches.pop(ward)[1], by=hospital.people["hub1"])
        _visits(story, hospital, months, coaches)


def _trained(story: Story, hospital: Hospital, ward: str) -> tuple[Person, TrainedCoach]:
    hub = hospital.people["hub1"]
    person = add_person(f"Ward coach, {ward}", f"coach.{ward.lower().replace(' ', '-')}@example.org", None, by=hub)
    give_role(person, Role.STAFF, by=hub, unit=hospital.units[ward])
    return person, add_trained(person, hospital.units[ward], story.day, by=hub)


def _visits(story: Story, hospital: Hospital, months: int, coaches: Mapping[str, tuple[Person, TrainedCoach]]) -> None:
    """One visit in the month by some of them; the one that runs has had some days only."""
    first = story.day
    for place, (ward, (person, _)) in enumerate(coaches.items()):
        on = first + timedelta(days=3 + place)
        if (5 * place + 3 * months) % 8 < OF_EIGHT[months % 12] and on < story.today:
            story.on(on)
            note_visit(hospital.units[ward].id, on, MINUTES[place % len(MINUTES)], NOTES[place % len(NOTES)], by=person)


def go_on_leave(story: Story, hospital: Hospital) -> None:
    """One of the two coaches of the hub is away, and the other looks after the projects of both."""
    one, two = hospital.people["coach1"], hospital.people["coach2"]
    story.begin(story.ago(10))
    go_away(two.id, story.ago(10), story.ago(-11), one.id, by=two)
