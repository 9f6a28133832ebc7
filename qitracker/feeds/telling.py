"""What the history says of an event, one line each. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qitracker.charts.numbers import show_given
from qitracker.charts.periods import show_period
from qitracker.feeds.changes import MANY, ONE, Change, changes_in
from qitracker.feeds.definition import Definition
from qitracker.feeds.numbers import say, say_shortly
from qitracker.method.measures import Rhythm
from qitracker.models import Event

MOST_DETAILS = 40  # numbers of a paste that are listed below its line


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words. `details` are the single numbers of a paste, `more` how many are not listed."""

    event: Event
    sentence: str
    changes: tuple[Change, ...]
    details: tuple[str, ...] = ()
    more: int = 0


def tell(event: Event, definition: Definition) -> Line:
    """The line of one event."""
    changes = tuple(changes_in(event))
    if event.noun == ONE:
        return Line(event, _one(changes[0], event.verb, definition), changes)
    if event.noun == MANY:
        details = tuple(_one(change, "", definition) for change in changes[:MOST_DETAILS])
        return Line(event, _many(event, changes), changes, details, max(len(changes) - MOST_DETAILS, 0))
    return Line(event, _other(event, definition), ())


def say_change(change: Change, definition: Definition) -> str:
    """ "October 2025: 9 of 78 = 11.5%", or that there is no number."""
    period = _capital(show_period(change.on, definition.rhythm))
    return f"{period} has no number" if change.new is None else f"{period}: {say(change.new, definition)}"


def _one(change: Change, verb: str, definition: Definition) -> str:
    period = show_period(change.on, definition.rhythm)
    again = "Undone: " if verb == "undone" else ""
    name = period if again else _capital(period)
    if change.new is None:
        was = say_shortly(change.old, definition) if change.old else "it"
        return f"{again}{name}, {was} removed"
    if change.old is None:
        return f"{again}{name}, {say(change.new, definition)} added"
    return f"{again}{name}, {say_shortly(change.old, definition)} changed to {say(change.new, definition)}"


_HOW = {"pasted": "pasted", "uploaded": "uploaded"}


def _many(event: Event, changes: tuple[Change, ...]) -> str:
    count = f"{len(changes):,} number{'' if len(changes) == 1 else 's'}"
    if event.verb == "undone":
        return f"Undone: {count} put back as before"
    changed = sum(change.old is not None for change in changes)
    part = "" if not changed else f", {changed:,} of them changed" if changed < len(changes) else ", all changed"
    name = (event.new or {}).get("name")
    return f"{count} {_HOW.get(event.verb, event.verb)}{f' from {name}' if name else ''}{part}"


_FIELDS: Mapping[str, str] = {
    "chart": "chart",
    "rules": "rules",
    "direction": "direction",
    "target": "target",
    "target_by": "date of the target",
    "group": "group",
    "unit_id": "place",
    "data_type": "kind of number",
}
_DECISIONS = {"freeze": "baseline ends", "phase": "new phase starts", "leave_out": "left out of the sums"}


def _decision(event: Event, definition: Definition) -> str:
    what = event.new or event.old or {}
    day = show_period(str(what.get("on", "")), definition.rhythm)
    words = f"Chart: {_DECISIONS.get(str(what.get('kind')), 'decision')}, {day}"
    return f"{words}, taken back" if event.verb == "removed" else words


def _note(event: Event, _definition: Definition) -> str:
    what = event.new or event.old or {}
    return f"Note {'removed' if event.verb == 'removed' else 'added'}: {what.get('text', '')}"


def _target(event: Event, definition: Definition) -> str:
    what = event.new or event.old or {}
    if "on" not in what:  # a change holds what differs, and the day of a target never does
        return f"Target changed to {show_given(float(what.get('value', 0)), definition.unit)}"
    value, day = show_given(float(what.get("value", 0)), definition.unit), show_period(str(what["on"]), Rhythm.DAY)
    return f"Target of {value} from {day} {'removed' if event.verb == 'removed' else 'added'}"


_PUT_OFF = {
    "new_phase": "a new phase",
    "rare_event_chart": "a chart of what lies between events",
    "prime_chart": "a chart that allows for more than chance",
    "related_neighbours": "to count less often",
    "short_baseline": "a longer baseline",
}


def _suggestion(event: Event, _definition: Definition) -> str:
    code = str((event.new or {}).get("code", "")).partition(" ")[0]
    return f"Suggestion put off: {_PUT_OFF.get(code, 'a change of the chart')}"


def _definition_changed(event: Event, _definition: Definition) -> str:
    if event.verb == "added":
        return "Measure set up" if event.noun == "measure" else "Chart set up"
    names = [_FIELDS.get(name, name.replace("_", " ")) for name in (event.new or {})]
    subject = "How it is counted" if event.noun == "measure" else "This chart"
    return f"{subject}, changed: {', '.join(names)}" if names else f"{subject}, {event.verb}"


_OTHERS: Mapping[str, Callable[[Event, Definition], str]] = {
    "chart_decision": _decision,
    "note": _note,
    "target": _target,
    "suggestion": _suggestion,
    "measure": _definition_changed,
    "series": _definition_changed,
}


def _other(event: Event, definition: Definition) -> str:
    return _OTHERS[event.noun](event, definition)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
