"""The law of this room: whatever is done in whatever order, the points are what a dictionary would hold."""

from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.feeds.charts import add, correct, events, hidden, is_analysed, make_series, paste, save, stored

MONTHS = [date(2024 + number // 12, number % 12 + 1, 1) for number in range(21)]
months = st.sampled_from(MONTHS)
counts = st.integers(0, 30)


class Numbers(RuleBasedStateMachine):
    """Adds, corrects, removes, pastes and undoes through the pages; `model` is what should be there."""

    lead = project = None  # a browser and a project, given by the test

    def __init__(self):
        super().__init__()
        self.series = make_series(self.project, [])
        self.model = {}
        self.changes = []  # what each event did: {date: (old, new)}

    def did(self, change):
        self.changes.append({on: (self.model.get(on), new) for on, new in change.items()})
        for on, new in change.items():
            if new is None:
                self.model.pop(on, None)
            else:
                self.model[on] = new

    @rule(on=months, count=counts)
    def add_one(self, on, count):
        answer = add(self.lead, self.series, "other", other=on.isoformat(), first=str(count))
        if self.model.get(on) == count:
            assert answer.status_code == 303
            return
        if answer.status_code == 422:  # asked: to replace, or about a likely slip
            carried = {name: hidden(answer, name) for name in ("replaces", "sure")}
            more = {"other": on.isoformat(), "first": str(count), "why": "Recount"}
            answer = add(self.lead, self.series, "other", **carried, **more)
        assert answer.status_code == 303
        self.did({on: count})

    @precondition(lambda self: self.model)
    @rule(data=st.data(), count=counts)
    def correct_one(self, data, count):
        on = data.draw(st.sampled_from(sorted(self.model)))
        was = repr(float(self.model[on]))
        assert correct(self.lead, self.series, on, was, first=str(count), why="Late").status_code == 303
        if count != self.model[on]:
            self.did({on: count})

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def remove_one(self, data):
        on = data.draw(st.sampled_from(sorted(self.model)))
        was = repr(float(self.model[on]))
        assert correct(self.lead, self.series, on, was, do="remove", reason="Closed").status_code == 303
        self.did({on: None})

    @rule(rows=st.dictionaries(months, counts, min_size=1, max_size=6), replacing=st.booleans())
    def paste_some(self, rows, replacing):
        address, page = paste(self.lead, self.series, "\n".join(f"{on}\t{count}" for on, count in rows.items()))
        answer = save(self.lead, address, page, existing="replace" if replacing else "keep", why="Book")
        changed = {on: n for on, n in rows.items() if self.model.get(on) != n and (replacing or on not in self.model)}
        assert answer.status_code == (303 if changed else 422)
        if changed:
            self.did(changed)

    @precondition(lambda self: self.changes)
    @rule(data=st.data())
    def undo_one(self, data):
        place = data.draw(st.integers(0, len(self.changes) - 1))
        event = events(self.series)[place]
        assert self.lead.post(f"/series/{self.series.id}/history/{event.id}/undo").status_code == 303
        change = self.changes[place]
        if all(self.model.get(on) == new for on, (_, new) in change.items()):
            self.did({on: old for on, (old, _) in change.items()})

    @invariant()
    def points_analysis_and_events_agree(self):
        assert stored(self.series) == {on: (float(count),) for on, count in sorted(self.model.items())}
        assert is_analysed(self.series)
        assert len(events(self.series)) == len(self.changes)


def test_points_are_what_a_dictionary_would_hold(lead, project):
    class Here(Numbers):
        pass

    Here.lead, Here.project = lead, project
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
