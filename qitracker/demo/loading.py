"""Making the demonstration's database, once; what is entered later stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from qitracker.app import create_app
from qitracker.config import Settings
from qitracker.demo.others import tell_all
from qitracker.demo.people import PARTNER, STAFF, make_hospital
from qitracker.demo.pph import tell
from qitracker.demo.story import Story
from qitracker.models import Project, db
from qitracker.people import passwords
from qitracker.plumbing.migrating import upgrade

PASSWORD = "otter-lamp-quiet-42"  # noqa: S105 (of the demonstration only, which listens on this machine alone)
DOMAIN = "example.org"


def prepare(settings: Settings, *, fresh: bool = False, today: date | None = None) -> Iterator[str]:
    """Load the demonstration where there is none; the lines to show to whoever started it."""
    if fresh:
        remove(settings.database_url)
    upgrade(settings.database_url)
    story = Story()
    app = create_app(settings, reading=story)
    with app.app_context():
        if not db.session.scalar(select(func.count()).select_from(Project)):
            yield "Loading the demonstration ..."
            load(story, today or datetime.now(UTC).date())
        db.session.remove()
        db.engine.dispose()
    yield "\nSign in as one of these:"
    for account, name, _role, _where in STAFF:
        yield f"  {account}@{DOMAIN}  {name}"
    yield f"  {PARTNER[0]}@{DOMAIN}  {PARTNER[1]}"
    yield f"password: {PASSWORD}"


def load(story: Story, today: date) -> None:
    """Tell every project. Inside an app context whose clock is the story."""
    hospital = make_hospital(passwords.hashed(PASSWORD))
    tell(story, hospital)
    tell_all(story, hospital, today)
    db.session.commit()


def remove(url: str) -> None:
    """Forget the SQLite database of the demonstration."""
    path = make_url(url).database
    if path and url.startswith("sqlite"):
        for name in (path, f"{path}-wal", f"{path}-shm"):
            Path(name).unlink(missing_ok=True)
