"""The numbers of the rules: what each does, where it comes from, and the organisation's own where it has set one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for
from sqlalchemy import func, select

from qitracker.hub import reach
from qitracker.hub.actions import set_number
from qitracker.hub.forms import NumberForm
from qitracker.hub.room import hub
from qitracker.method.roles import Permission
from qitracker.method.stalled import setting_rows
from qitracker.method.stalled.setting_rows import Setting
from qitracker.method.stalled.setting_rows import Unit as Counted
from qitracker.method.stalled.settings import SETTINGS, why_not_settings
from qitracker.models import Person, Project, RuleNumber, Unit, db
from qitracker.people.access import needs
from qitracker.people.reader import Reader, reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import alone, writes
from qitracker.standing.keeping import keep, projects_for

GROUPS: tuple[tuple[str, Sequence[Setting]], ...] = (
    ("When work counts as quiet or stalled", setting_rows.STATE_ROWS),
    ("Numbers that are late", setting_rows.NUMBER_ROWS),
    ("Coach, sponsor and score", setting_rows.SUPPORT_ROWS),
    ("After the testing", setting_rows.SUSTAIN_ROWS),
    ("Who is told, and when", setting_rows.TELLING_ROWS),
    ("The suggested progress score", setting_rows.SCORE_ROWS),
)
MOST_AT_ONCE = 100
"""Projects that are looked at again while somebody waits: about half a second of work, as long as another post may
wait for SQLite. Of more, the worker begins within a minute."""


ONE = {Counted.PEOPLE: "person"}


@dataclass(frozen=True, slots=True)
class Line:
    """One number: its row in the method's table, and the organisation's own where it has one."""

    row: Setting
    own: RuleNumber | None

    @property
    def value(self) -> float:
        return self.own.value if self.own else self.row.default

    @property
    def mark(self) -> str:
        """What a form carries to say which number its page showed."""
        return f"{self.value:g}"

    @property
    def bounds(self) -> str:
        """The default, and from where to where it may be set: "Default 1 month, from 1 to 12." """
        row = self.row
        return f"Default {in_unit(row.default, row.unit)}, from {row.least:g} to {row.most:g}."


def in_unit(value: float, unit: Counted) -> str:
    """A number of the rules with what it counts: 45 days, 1 month, 1.5 intervals; a share with its percentage."""
    if unit is Counted.SHARE:
        return f"{value:g} ({100 * value:g}%)"
    if unit is Counted.SCORE:
        return f"{value:.1f}"
    return f"{value:g} {ONE.get(unit, unit.value[:-1]) if value == 1 else unit.value}"


def own_numbers(organisation_id: uuid.UUID) -> dict[str, RuleNumber]:
    """What an organisation has set itself, by key. A key that the rules no longer have is left out."""
    rows = db.session.scalars(select(RuleNumber).where(RuleNumber.organisation_id == organisation_id))
    return {row.key: row for row in rows if row.key in SETTINGS}


@hub.get("/rules")
@needs(Permission.READ_HUB)
def rules() -> Any:
    return _page(_organisation(request.args.get("organisation", "")), NumberForm(formdata=None), 200)


@hub.post("/rules")
@needs(Permission.RUN_HUB)
@writes
def set_rule() -> Any:
    """Set one number, or put its default back. Refused with the rule's own sentence where it makes no sense."""
    organisation = _organisation(request.form.get("organisation", ""))
    if organisation.id not in {one.id for one in reach.organisations(reader())}:
        abort(403)
    form = NumberForm()
    row = SETTINGS.get(form.key.data or "")
    if row is None:
        form.value.errors = ["There is no such number in the rules"]
        return _page(organisation, form, 422)
    alone(organisation)
    own = own_numbers(organisation.id)
    if told := _why_look_again(Line(row, own.get(row.key)), form):
        form.value.errors = [told]
        return _page(organisation, form, 409)
    others = {key: one.value for key, one in own.items() if key != row.key}
    is_reset = request.form.get("reset") == "yes"
    value: float | None = None
    if not is_reset:
        if not form.is_ready():
            return _page(organisation, form, 422)
        value = form.value.data
    problems = why_not_settings(others if value is None else others | {row.key: value})
    if problems:
        form.value.errors = [problems[0].sentence]
        return _page(organisation, form, 422)
    if set_number(organisation, row.key, value, by=reader()):
        said = "The default holds again." if value is None else "Saved."
        flash(f"{said} {_look_again(organisation)}", "done")
    return go(url_for("hub.rules", organisation=organisation.id, saved=row.key, _anchor=row.key))


def _why_look_again(line: Line, form: NumberForm) -> str:
    """What a second editor is told: the number is no longer the one their page showed. Empty where it is."""
    if form.version.data in {"", None, line.mark}:
        return ""
    who = db.session.get_one(Person, line.own.by_id).name if line.own else "Somebody"
    what = f"set {in_unit(line.value, line.row.unit)}" if line.own else f"put the default back, {line.mark}"
    return f"{who} has {what} meanwhile: press Set again if you still want yours"


def _look_again(organisation: Unit) -> str:
    """Say anew where the projects stand, so that no list speaks of the old number; and how soon they say so."""
    here = Project.organisation_id == organisation.id
    if (db.session.scalar(select(func.count()).select_from(Project).where(here)) or 0) > MOST_AT_ONCE:
        return "Every project is looked at again with it in the next minutes."
    db.session.flush()
    keep(projects_for(db.session.scalars(select(Project.id).where(here)).all()), clock.today())
    return "Every project has been looked at again with it."


def _organisation(typed: str) -> Unit:
    """The organisation whose numbers are shown: the one asked for, or the reader's first."""
    found = _organisations(reader())
    if not found:
        abort(404)
    if not typed:
        return found[0]
    wanted = next((one for one in found if str(one.id) == typed), None)
    if wanted is None:
        abort(404)
    return wanted


def _organisations(person: Reader) -> Sequence[Unit]:
    """The organisations of the places this person looks after: a division lead reads the numbers of the whole."""
    keys: set[uuid.UUID | None] = set(db.session.scalars(select(Unit.organisation_id).where(reach.places(person))))
    return db.session.scalars(select(Unit).where(Unit.id.in_(keys - {None})).order_by(Unit.name, Unit.id)).all()


def _page(organisation: Unit, form: NumberForm, status: int) -> Any:
    own = own_numbers(organisation.id)
    html = render_template(
        "hub/rules.html",
        form=form,
        organisation=organisation,
        organisations=_organisations(reader()),
        groups=[(name, [Line(row, own.get(row.key)) for row in rows]) for name, rows in GROUPS],
        n_own=len(own),
        saved=request.args.get("saved", ""),
        may_set=organisation.id in {one.id for one in reach.organisations(reader())},
    )
    return make_response(html, status)
