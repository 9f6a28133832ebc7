"""Each night: where does every project stand? Time passes for a project nobody touches."""

from collections import Counter
from datetime import date, datetime

from sqlalchemy import select

from qitracker.jobs.projects import blocks
from qitracker.models import Event, db
from qitracker.standing.keeping import keep


def keep_all(day: date) -> dict[str, int]:
    """Bring the standing of all projects up to date. Counts: `looked_at`, `changed`, `failed`."""
    counts: Counter[str] = Counter(looked_at=0, changed=0, failed=0)
    for projects in blocks():
        counts.update(keep(projects, day))
    return dict(counts)


def numbers_changed_since(moment: datetime) -> bool:
    """Whether an organisation has set a number of its rules since: lists and mails must not speak of the old one."""
    changed = select(Event.id).where(Event.noun == "rule number", Event.at >= moment)
    return db.session.scalar(changed.limit(1)) is not None
