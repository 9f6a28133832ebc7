"""What mail a person wants: their own page."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, url_for
from sqlalchemy import select

from qitracker.letters.kinds import LETTER_WORDS, LetterKind
from qitracker.models import Letter, MailChoice, db
from qitracker.people.access import signed_in
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import history
from qitracker.plumbing.forms import Form, Tick
from qitracker.plumbing.saving import writes

letters = Blueprint("letters", __name__)
SHOWN = 10  # letters one can look back at: enough to see whether last week's came


class ChoicesForm(Form):
    """Two boxes: both ticked where nothing was chosen yet."""

    digest = Tick(LETTER_WORDS[LetterKind.DIGEST])
    asked = Tick(LETTER_WORDS[LetterKind.ASKED])


@letters.get("/you/mail")
@signed_in
def choices() -> Any:
    form = ChoicesForm()
    form.fill(_choice())
    return _page(form, 200)


@letters.post("/you/mail")
@signed_in
@writes
def choose() -> Any:
    form = ChoicesForm()
    if not form.is_ready():
        return _page(form, 422)
    choice = _choice()
    db.session.add(choice)
    db.session.flush()
    old = {"digest": choice.digest, "asked": choice.asked}
    new = form.values()
    if new != old:
        choice.digest, choice.asked = new["digest"], new["asked"]
        history.record("changed", "mail choice", choice.person_id, by=reader(), old=old, new=new)
    flash("Saved.", "done")
    return go(url_for("letters.choices"))


def _choice() -> MailChoice:
    me = reader().id
    return db.session.get(MailChoice, me) or MailChoice(person_id=me, digest=True, asked=True)


def _page(form: ChoicesForm, status: int) -> Any:
    mine = select(Letter).where(Letter.person_id == reader().id).order_by(Letter.made_at.desc(), Letter.id)
    html = render_template(
        "letters/choices.html", form=form, me=reader(), letters=db.session.scalars(mine.limit(SHOWN)).all()
    )
    return make_response(html, status)
