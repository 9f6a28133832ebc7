"""The home of the hub: how many, and which projects may need help, with the reason first."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for

from qitracker.hub import listing
from qitracker.hub.counting import ALL_THAT_MAY, NEED_HELP, SNOOZED, Counts, counts
from qitracker.hub.listing import Listed
from qitracker.hub.reason_rules import Rule, rule_behind
from qitracker.hub.room import hub
from qitracker.method.roles import Permission
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing import clock
from qitracker.standing.numbers import settings_of


@hub.get("/")
@needs(Permission.READ_HUB)
def home() -> Any:
    """Quiet, stalled and dormant projects of which the hub has been told, or all of them; snoozed ones are left out."""
    today = clock.today()
    found = counts(reader(), today)
    shows_all = request.args.get("all") == "yes"
    page = listing.page(reader(), ALL_THAT_MAY if shows_all else NEED_HELP, page_number(), today)
    return render_template(
        "hub/home.html",
        counts=found,
        headline=headline(found),
        page=page,
        rules=rules_of(page.rows),
        shows_all=shows_all,
        page_address=lambda number: url_for("hub.home", all="yes" if shows_all else None, page=number),
        snoozed=SNOOZED,
        may_help=reader().may_somewhere(Permission.COACH_PROJECT),
        may_run=reader().may_somewhere(Permission.RUN_HUB),
    )


def rules_of(rows: Sequence[Listed]) -> Mapping[uuid.UUID, Rule | None]:
    """The number of the rules behind the first reason of each project."""
    settings = settings_of({row.project.organisation_id for row in rows})
    return {
        row.project.id: rule_behind(row.reasons[0], row.project.stage, settings[row.project.organisation_id])
        for row in rows
        if row.reasons
    }


def headline(found: Counts) -> tuple[str, str, str]:
    """The counts as a sentence in three parts; the second is the one to see."""
    n_active, n_stuck, n_waiting = (tile.count for tile in found.tiles[:3])
    stuck = f"{n_stuck} {'looks' if n_stuck == 1 else 'look'} stalled"
    waiting = f"{n_waiting} {'is' if n_waiting == 1 else 'are'} waiting for a coach."
    return f"{n_active} active {'project' if n_active == 1 else 'projects'}. ", stuck, f" and {waiting}"


def page_number() -> int:
    """The page an address asks for; the first where it makes no sense."""
    word = request.args.get("page", "1")
    return max(1, int(word)) if word.isascii() and word.isdigit() and len(word) < 6 else 1
