"""The coach's own page: what waits, oldest first, and what was seen recently."""

from typing import Any

from flask import render_template, request

from qitracker.coaching import queue
from qitracker.coaching.room import coaching
from qitracker.method.roles import Permission
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing import clock

PAGE = 25
SEEN = 12  # shown below the queue; all of them stand in My projects


@coaching.get("/coaching/")
@needs(Permission.COACH_PROJECT)
def mine() -> Any:
    """The queue: what changed and what is asked, in a number of queries that does not grow with it."""
    today = clock.today()
    rows = queue.rows_of(reader(), today)
    waiting = [row for row in rows if row.is_waiting]
    rest = [row for row in rows if not row.is_waiting and row.project.closed_at is None]
    rest.sort(key=lambda row: row.last.next_review if row.last and row.last.next_review else today)
    pages = max(1, -(-len(waiting) // PAGE))
    page = min(_page_number(), pages)
    shown = queue.with_changes([*waiting[(page - 1) * PAGE : page * PAGE], *rest[:SEEN]])
    return render_template(
        "coaching/mine.html",
        waiting=[row for row in shown if row.is_waiting],
        seen=[row for row in shown if not row.is_waiting],
        n_waiting=len(waiting),
        n_all=len(rows),
        n_seen=len(rest),
        page=page,
        pages=pages,
        today=today,
    )


def _page_number() -> int:
    word = request.args.get("page", "1")
    return max(1, int(word)) if word.isascii() and word.isdigit() and len(word) < 6 else 1
