"""Writing a letter: a row in the transaction of what it tells. Sending it is another's work, later."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template
from sqlalchemy import select

from qitracker.config import Settings
from qitracker.letters.kinds import LetterKind
from qitracker.models import Letter, MailChoice, Person, db
from qitracker.plumbing import clock

LONGEST_KEY = 80  # with the kind and the person's id it must fit its column
LONGEST_SUBJECT = 150


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to know or do, and the page where it is done: a path of ours, as `url_for` or `path_of` give it.

    `about` names what it is about, such as the project; it stands in front. A line that only tells has no path.
    """

    text: str
    path: str = ""
    about: str = ""


def write_letter(
    person: Person, kind: LetterKind, key: str, subject: str, lines: Sequence[Line], *, opening: str = ""
) -> Letter | None:
    """Write to one person, in the transaction that is under way. None where nothing is to be written.

    That is: somebody who has left, who does not want this kind, who was written to under this key before, or no line
    to tell. `key` says what it is about, such as `word/<id>` or `2025-W41`; it need not name the person. The links are
    plain pages that ask whoever opens them to sign in: a mail scanner that follows them uses nothing up.
    """
    if len(key) > LONGEST_KEY:
        raise ValueError(f"a letter's key has at most {LONGEST_KEY} characters")
    if not (lines and person.is_active and is_wanted(person, kind)):
        return None
    full = f"{kind.value}:{key}:{person.id.hex}"
    if db.session.scalar(select(Letter.id).where(Letter.key == full)) is not None:
        return None
    said: dict[str, Any] = {
        "name": on_one_line(person.name),
        "opening": opening,
        "lines": [
            {"about": line.about, "text": line.text, "address": line.path and address_of(line.path)} for line in lines
        ],
        "choices": address_of(path_of("letters.choices")),
        "why": "You get this once a week while something waits for you."
        if kind is LetterKind.DIGEST
        else "You get this because somebody asked you directly.",
    }
    letter = Letter(
        key=full,
        kind=kind.value,
        person_id=person.id,
        subject=on_one_line(subject)[:LONGEST_SUBJECT],
        text=render_template("letters/letter.txt", **said),
        html=render_template("letters/letter.html", **said),
        made_at=clock.now(),
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def is_wanted(person: Person, kind: LetterKind) -> bool:
    """Whether this person wants this kind of mail; without a choice, yes."""
    choice = db.session.get(MailChoice, person.id)
    return choice is None or (choice.digest if kind is LetterKind.DIGEST else choice.asked)


def path_of(endpoint: str, **values: Any) -> str:
    """The path of a page, also where no request is under way."""
    return current_app.url_map.bind("").build(endpoint, values)


def address_of(path: str) -> str:
    """The full address of a page, from the setting: never from the Host header, which anybody can write.

    Raises ValueError for anything but a path of ours.
    """
    if not path.startswith("/") or path.startswith(("//", "/\\")) or not path.isprintable():
        raise ValueError(f"a letter links to pages of ours, not to {path!r}")
    settings: Settings = current_app.extensions["settings"]
    return settings.address + path


def on_one_line(text: str) -> str:
    """Without line ends and other control characters: what stands in a header must not begin another."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
