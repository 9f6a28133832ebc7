"""Making the demonstration's database, once; what is entered later stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from qitracker.app import create_app
from qitracker.config import Settings
from qitracker.demo.coaches import go_on_leave, train
from qitracker.demo.delivering import doses, sleep
from qitracker.demo.delivering_surgery import antibiotics, walking
from qitracker.demo.designing import assessed, cancelled, sepsis
from qitracker.demo.falls import falls
from qitracker.demo.people import LEFT, MORE_STAFF, PARTNER, STAFF, Hospital, make_hospital
from qitracker.demo.pph import tell
from qitracker.demo.story import Story
from qitracker.demo.sustaining import samples, ulcers
from qitracker.demo.understanding import leaving, noon, private
from qitracker.hub.actions import add_programme, put_in_programme
from qitracker.models import Project, db
from qitracker.people import passwords
from qitracker.plumbing import history
from qitracker.plumbing.migrating import upgrade
from qitracker.standing.keeping import keep

PASSWORD = "otter-lamp-quiet-42"  # noqa: S105 (of the demonstration only, which listens on this machine alone)
DOMAIN = "example.org"

PROJECTS = (
    tell, ulcers, samples,
    doses, sleep, walking, antibiotics, falls,
    sepsis, assessed, cancelled,
    leaving, noon, private,
)  # fmt: skip
"""The fourteen, by stage: 3 in Sustain, 5 in Deliver, 3 in Co-design, 3 in Understand."""

PROGRAMMES = {
    "Harm-free care": (ulcers, falls, assessed, sepsis, samples),
    "Medicines": (doses, antibiotics),
    "Getting home well": (leaving, walking, cancelled),
}
"""Programmes by name. The one that came in yesterday is in none yet, nor is the one that its team alone sees."""


def prepare(settings: Settings, *, fresh: bool = False, today: date | None = None) -> Iterator[str]:
    """Load the demonstration where there is none; the lines to show to whoever started it."""
    if fresh:
        remove(settings.database_url)
        forget_letters(settings.mail.folder)
    upgrade(settings.database_url)
    story = Story(today or datetime.now(UTC).date())
    app = create_app(settings, reading=story)
    with app.app_context():
        if not db.session.scalar(select(func.count()).select_from(Project)):
            yield "Loading the demonstration ..."
            load(story)
        db.session.remove()
        db.engine.dispose()
    yield "\nSign in as one of these:"
    for account, name, _role, _where in STAFF:
        yield f"  {account}@{DOMAIN}  {name}"
    yield f"  {PARTNER[0]}@{DOMAIN}  {PARTNER[1]}"
    others = ", ".join(account for account, *_ in MORE_STAFF if account != LEFT)
    yield f"and the people of the other projects: {others}"
    yield f"password: {PASSWORD}"


def load(story: Story) -> None:
    """Tell every project, and look at all of them as the night before today would. The app's clock is the story."""
    hospital = make_hospital(passwords.hashed(PASSWORD))
    train(story, hospital)
    told = {}
    for one in PROJECTS:
        told[one.__name__] = one(story, hospital)
        story.on(story.today)
    go_on_leave(story, hospital)
    story.on(story.today)
    _put_in_programmes(hospital, told)
    history.take_touched()  # each was looked at as it was told
    keep(list(told.values()), story.today)
    db.session.commit()


def _put_in_programmes(hospital: Hospital, told: dict[str, Project]) -> None:
    hub = hospital.people["hub1"]
    for name, ones in PROGRAMMES.items():
        programme = add_programme(hospital.top, name, by=hub)
        for one in ones:
            put_in_programme(told[one.__name__], programme, by=hub)


def remove(url: str) -> None:
    """Forget the SQLite database of the demonstration."""
    path = make_url(url).database
    if path and url.startswith("sqlite"):
        for name in (path, f"{path}-wal", f"{path}-shm"):
            Path(name).unlink(missing_ok=True)


def forget_letters(folder: Path) -> None:
    """Forget the letters of an earlier demonstration: their links lead to projects that are no more."""
    for letter in folder.glob("*.eml"):
        letter.unlink()
