"""The weekly mail: for each person what waits for them, one line each, one link each; nothing where nothing waits."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from qitracker.coaching.queue import rows_of
from qitracker.hub import reach
from qitracker.hub.intake import unanswered
from qitracker.jobs.projects import blocks
from qitracker.letters.kinds import LetterKind
from qitracker.letters.writing import Line, path_of, write_letter
from qitracker.method.next_card import next_card
from qitracker.method.roles import Permission, Role
from qitracker.method.stalled.telling import Audience
from qitracker.models import Person, Project, RoleHeld, Standing, db
from qitracker.people import scope
from qitracker.people.reader import Reader, read_person
from qitracker.standing.facts import facts_of, gather

MOST_LINES = 12  # of one part: a mail that is longer is a page, and that page has a link
BLOCK = 50  # people whose letters are written in one transaction
IN_TEAM = {Role.PROJECT_LEAD, Role.TEAM_MEMBER}


def write_digests(day: date) -> dict[str, int]:
    """Write to everybody for whom something waits. Counts: `people` looked at, `written` letters.

    One letter a person and ISO week, however often it runs.
    """
    counts: Counter[str] = Counter(people=0, written=0)
    year, week, _ = day.isocalendar()
    cards = _cards(day)
    last: uuid.UUID | None = None
    while people := _people_after(last):
        last = people[-1].id
        for person in people:
            lines = _lines(person, cards, day)
            wrote = write_letter(person, LetterKind.DIGEST, f"{year}-W{week:02d}", _subject(lines), lines)
            counts.update(people=1, written=wrote is not None)
        db.session.commit()
    db.session.rollback()
    return dict(counts)


def _people_after(last: uuid.UUID | None) -> list[Person]:
    """The next people who still work here and hold a role that the mail has a part for."""
    roles = [*IN_TEAM, Role.COACH, Role.SPONSOR, Role.HUB]
    holding = select(RoleHeld.person_id).where(RoleHeld.role.in_(roles))
    rows = select(Person).where(Person.is_active, Person.id.in_(holding)).order_by(Person.id)
    return list(db.session.scalars((rows.where(Person.id > last) if last else rows).limit(BLOCK)))


def _subject(lines: list[Line]) -> str:
    return "Your week: 1 thing waits for you" if len(lines) == 1 else f"Your week: {len(lines)} things wait for you"


def _cards(day: date) -> Mapping[uuid.UUID, str]:
    """The title of the next card of each project that is open, with its standing where the team is told of it."""
    found: dict[uuid.UUID, str] = {}
    for projects in blocks(select(Project.id).where(Project.closed_at.is_(None))):
        standings = _standings([project.id for project in projects])
        for one in gather(projects).values():
            facts, standing = facts_of(one, day), standings.get(one.project.id)
            if facts.is_paused(day):
                continue
            card = next_card(facts, day)
            is_told = standing is not None and Audience.TEAM in standing.told.split()
            found[one.project.id] = (
                f"{standing.sentence} {ended(card.title)}" if standing and is_told else ended(card.title)
            )
    return found


def ended(title: str) -> str:
    """The title of a card as a sentence: "Is Focus done?" has its end already."""
    return title if title.endswith("?") else f"{title}."


def _standings(ids: list[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    return {row.project_id: row for row in db.session.scalars(select(Standing).where(Standing.project_id.in_(ids)))}


def _lines(person: Person, cards: Mapping[uuid.UUID, str], day: date) -> list[Line]:
    """What waits for one person: as a team, as a coach, as a sponsor, as the hub. A project is named once."""
    reader = read_person(person)
    held: dict[Role, set[uuid.UUID]] = defaultdict(set)
    for one in reader.held:
        if one.project is not None:
            held[one.role].add(uuid.UUID(one.project))
    named: set[uuid.UUID] = set()
    lines: list[Line] = []
    if any(one.role is Role.COACH for one in reader.held):
        lines += _cut(_for_coach(reader, named, day), "coaching.mine")
    team = set().union(*(held[role] for role in IN_TEAM)) - named
    named |= team
    lines = [*_cut(_for_team(team, cards), "projects.mine"), *lines]
    lines += _cut(_for_audience(held[Role.SPONSOR], Audience.SPONSOR, reader, named), "projects.mine")
    if reader.holds(Role.HUB):
        lines += [*_for_intake(reader), *_cut(_for_audience(None, Audience.HUB, reader, named), "hub.home")]
    return lines


def _for_team(projects: set[uuid.UUID], cards: Mapping[uuid.UUID, str]) -> Iterator[Line]:
    titles = select(Project.id, Project.title).where(Project.id.in_(projects & set(cards))).order_by(Project.title)
    for project_id, title in db.session.execute(titles):
        yield Line(cards[project_id], path_of("projects.home", project_id=project_id), title)


def _for_coach(reader: Reader, named: set[uuid.UUID], day: date) -> Iterator[Line]:
    """The queue, as the page of the coach shows it: what is asked first of each project that waits."""
    for row in rows_of(reader, day):
        if row.is_waiting:
            named.add(row.project.id)
            page = "coaching.thread" if row.first.code == "question" else "coaching.review"
            yield Line(row.first.sentence, path_of(page, project_id=row.project.id), row.project.title)


def _for_intake(reader: Reader) -> Iterator[Line]:
    """New projects that have no answer yet, in one line: they are answered on one page."""
    n = db.session.scalar(select(func.count()).select_from(Project).where(unanswered(reader))) or 0
    if n:
        words = "1 new project waits for your answer." if n == 1 else f"{n} new projects wait for your answer."
        yield Line(words, path_of("hub.intake"))


def _for_audience(
    projects: set[uuid.UUID] | None, who: Audience, reader: Reader, named: set[uuid.UUID]
) -> Iterator[Line]:
    """Projects this audience is told of, most pressing first; only what the reader may see. The hub's are those of the
    page that the mail leads to: its own places, no private work."""
    seen = reach.within(reader, Permission.RUN_HUB) if who is Audience.HUB else scope.visible(reader)
    rows = (
        select(Standing)
        .join(Project, Project.id == Standing.project_id)
        .where(seen, Standing.told.contains(who.value))
        .options(joinedload(Standing.project))
        .order_by(Standing.weight, Project.registered_at, Project.title, Project.id)
    )
    if projects is not None:
        rows = rows.where(Standing.project_id.in_(projects))
    for standing in db.session.scalars(rows.where(Standing.project_id.not_in(named))):
        named.add(standing.project_id)
        page = path_of("projects.home", project_id=standing.project_id)
        yield Line(standing.sentence, page, standing.project.title)


def _cut(lines: Iterator[Line], more: str) -> list[Line]:
    """The first of them; where there are more, how many, with the page that has them all."""
    found = list(lines)
    if len(found) <= MOST_LINES:
        return found
    return [*found[: MOST_LINES - 1], Line(f"And {len(found) - MOST_LINES + 1} more.", path_of(more))]
