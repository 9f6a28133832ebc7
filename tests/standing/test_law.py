"""The law of this room: whatever is written in whatever order, what is kept is what would be worked out from scratch."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from qitracker.method.roles import Role
from qitracker.method.stages import Tool
from qitracker.models import Barrier, Event, KnownFacts, RoleHeld, Standing, db
from qitracker.people.actions import end_role, give_role
from qitracker.plumbing import clock as now
from qitracker.projects.actions import write_aim
from qitracker.standing.facts import beside_numbers, gather, gather_work
from qitracker.standing.keeping import keep, of_today
from qitracker.standing.stored import standing_from
from qitracker.standing.written import read
from tests.conftest import START
from tests.feeds.charts import events, make_series

WORDS = ["", "Have you asked the night shift?", "Well done."]


def columns(row):
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def from_scratch(project):
    db.session.expire_all()
    return of_today(None, gather_work([project])[project.id], now.today())


def n_events(project):
    return db.session.query(Event).filter_by(project_id=project.id).count()


class Writing(RuleBasedStateMachine):
    """Numbers between all else that is written, through the pages; some of it by commands, which keep nothing."""

    world = browser = clock = None  # given by the test

    def __init__(self):
        super().__init__()
        self.clock.now = START
        self.project = self.world.project(stage="deliver")
        self.series = make_series(self.project, [9, 7, 8, 12])
        self.lead, self.coach = self.browser(self.world.lead), self.browser(self.world.coach)
        self.is_kept = False

    def post(self, client, path, **data):
        """What nothing was written by, such as a refused form, keeps nothing."""
        before = n_events(self.project)
        assert client.post(path, data=data).status_code in {303, 422}
        self.is_kept = self.is_kept or n_events(self.project) > before

    @rule(month=st.integers(-20, 0), count=st.integers(0, 30))
    def add_a_number(self, month, count):
        day = now.today().replace(day=1) + timedelta(days=31 * month)
        self.post(self.lead, f"/series/{self.series.id}/add", on="other", other=day.isoformat(), first=str(count))

    @rule(place=st.integers(0, 3))
    def undo_a_number(self, place):
        told = events(self.series)
        if place < len(told):
            self.post(self.lead, f"/series/{self.series.id}/history/{told[place].id}/undo")

    @rule(text=st.sampled_from(["", "A lamp at each bed", "Red socks"]))
    def have_an_idea(self, text):
        self.post(self.lead, f"/projects/{self.project.id}/ideas/", text=text)

    @rule(decision=st.sampled_from(["adopt", "adapt", "abandon"]))
    def note_a_test(self, decision):
        data = {"change": "One leaflet", "learnt": "They liked it", "on": now.today().strftime("%d/%m/%Y")}
        self.post(self.lead, f"/projects/{self.project.id}/cycles/quick", decision=decision, **data)

    @rule(text=st.sampled_from(["No scales.", "Nobody has time."]))
    def tell_a_barrier(self, text):
        self.post(self.lead, f"/projects/{self.project.id}/barriers", text=text, stuck_on="", escalate="")

    @rule()
    def clear_a_barrier(self):
        barrier = db.session.query(Barrier).filter_by(project_id=self.project.id, cleared_at=None).first()
        if barrier is not None:
            self.post(self.lead, f"/barriers/{barrier.id}/clear", how="They came.")

    @rule(days=st.integers(1, 60))
    def pause_it(self, days):
        until = (now.today() + timedelta(days=days)).strftime("%d/%m/%Y")
        self.post(
            self.lead, f"/projects/{self.project.id}/pause", why="Winter", until=until, restarts=str(self.world.lead.id)
        )

    @rule(text=st.sampled_from(WORDS))
    def say_something(self, text):
        self.post(self.coach, f"/projects/{self.project.id}/coach", text=text)

    @rule(goal=st.sampled_from([None, 6.0, 9.0]))
    def write_the_aim_by_a_command(self, goal):
        aim = gather_work([self.project])[self.project.id].aim
        about = {"series_id": self.series.id, "what": "falls", "unit": "a month", "start": 12.0, "target": goal}
        write_aim(self.project, aim, by=self.world.lead, by_date=None, population="Ward 18", **about)
        self.is_kept = False

    @rule()
    def change_the_coach_by_a_command(self):
        held = db.session.query(RoleHeld).filter_by(project_id=self.project.id, role=Role.COACH).first()
        if held is None:
            give_role(self.world.coach, Role.COACH, by=self.world.admin, project=self.project)
        else:
            end_role(held, by=self.world.manager, project=self.project)
        self.is_kept = False

    @rule(days=st.integers(1, 40), is_looked_at=st.booleans())
    def days_pass(self, days, is_looked_at):
        self.clock.move(days=days)
        self.lead, self.coach = self.browser(self.world.lead), self.browser(self.world.coach)
        self.is_kept = is_looked_at
        if is_looked_at:
            db.session.commit()
            keep([self.project], now.today())
            db.session.commit()

    @invariant()
    def what_is_kept_is_what_would_be_worked_out(self):
        if not self.is_kept:
            return
        fresh = from_scratch(self.project)
        row = db.session.get_one(Standing, self.project.id)
        assert columns(row) == columns(fresh)
        facts = beside_numbers(gather([self.project])[self.project.id], now.today())
        assert read(db.session.get_one(KnownFacts, self.project.id).facts) == facts
        assert [one.sentence for one in standing_from(row).reasons] == [one["sentence"] for one in fresh.reasons]
        assert {one.tool for one in standing_from(row).reasons} <= set(Tool)


def test_what_is_kept_is_what_would_be_worked_out(world, browser, clock) -> None:
    class Here(Writing):
        pass

    Here.world, Here.browser, Here.clock = world, staticmethod(browser), clock
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
