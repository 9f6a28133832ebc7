"""Each night: where does every project stand? Time passes for a project nobody touches."""

from collections import Counter
from datetime import date

from qitracker.jobs.projects import blocks
from qitracker.standing.keeping import keep


def keep_all(day: date) -> dict[str, int]:
    """Bring the standing of all projects up to date. Counts: `looked_at`, `changed`, `failed`."""
    counts: Counter[str] = Counter(looked_at=0, changed=0, failed=0)
    for projects in blocks():
        counts.update(keep(projects, day))
    return dict(counts)
