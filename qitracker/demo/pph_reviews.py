"""The reviews of the PPH project by its coach: while it tested, and since it sustains."""

from datetime import date

from qitracker.demo.deeds import reviewed
from qitracker.demo.people import Hospital
from qitracker.demo.story import Story
from qitracker.method.stalled.stuck import StuckOn
from qitracker.models import Project

# On which day, what goes well, the next step, in how many days the next review, the score in tenths, and why.
REVIEWS = (
    (date(2024, 4, 10), "One clinic, four weeks, and people came.", "Test the risk assessment in one clinic", 56, 25,
     "The first test is studied."),
    (date(2024, 7, 3), "Three tests, each with a prediction.", "Order clear drapes for all rooms", 70, 25,
     "Changes are adopted; the chart has not moved yet."),
    (date(2024, 11, 6), "Nine of ten bookings have a risk assessment.", "Look at the outcome when January is in", 96, 35,
     "The process has moved, and several changes are kept."),
    (date(2025, 2, 12), "The outcome has moved: eight months below the average.", "Agree who keeps each change", 56, 40,
     "Half of the way, and the outcome chart shows it."),
    (date(2025, 7, 9), "It has lasted since the summer.", "Look back at the aim together", 90, 40, "As before, and it lasts."),
)  # fmt: skip


def review_until(story: Story, project: Project, hospital: Hospital, until: date) -> None:
    """The reviews that were held by a day, each on its own."""
    for on, well, step, next_in, score, why in REVIEWS:
        if story.day < on <= until:
            story.on(on, hour=16)
            reviewed(
                story, project, hospital.people["coach1"], well=well, step=step, owner=hospital.people["team1"],
                next_in=next_in, score=score, why=why,
            )  # fmt: skip


def review_lately(story: Story, project: Project, hospital: Hospital) -> None:
    """Team and coach still look together at whether it lasts, but nobody has added numbers since the autumn of 2025."""
    lead, coach = hospital.people["team1"], hospital.people["coach1"]
    for ago, next_in in ((300, 100), (200, 90), (110, 66), (44, 40)):
        if story.ago(ago) > story.day:
            story.on(story.ago(ago))
            reviewed(
                story, project, coach, well="The four changes are still in use.", step="Ask for the numbers that are missing",
                owner=lead, next_in=next_in, score=40, why="Half of the way at the last number we have.", stuck=StuckOn.NO_DATA,
            )  # fmt: skip
