"""The demonstration shows what it promises: the PPH numbers exactly, and histories that read true."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select

from qitracker.config import Mail
from qitracker.demo.loading import prepare
from qitracker.findings import aim_parts, analysis_of, said_by
from qitracker.method.progress import ProgressState
from qitracker.models import Aim, Cycle, Event, Point, Project, Series, Visibility, db
from qitracker.spc import Signal, shift_against
from qitracker.standing.facts import progress_of
from tests.conftest import settings_for
from tests.demo.conftest import TODAY


def series_of(words, group=""):
    found = db.session.scalars(select(Series).where(Series.group.startswith(group))).all()
    return next(one for one in found if words in one.measure.name)


def test_the_pph_outcome_reads_as_published(demonstration):
    said = said_by(series_of("PPH of 1,000 ml", "Black"))
    before, after = said.analysis.phases
    assert (round(before.cl, 1), round(after.cl, 1)) == (12.0, 9.0)
    baseline = range(before.first, before.last + 1)
    for rule in (Signal.OUTSIDE, Signal.SHIFT8, Signal.TREND6, Signal.TWO_OF_THREE):
        assert not any(said.analysis.signals[rule][place] for place in baseline), rule
    evidence = shift_against(said.analysis, 2)
    assert (said.analysis.x[evidence.start], said.analysis.x[evidence.confirmed]) == ("2024-06-01", "2025-01-01")
    assert (evidence.side, evidence.run_length) == (-1, 11)
    assert "12.0% to 9.0%" in said.finding.detail


def test_at_its_date_the_aim_is_improved_and_not_met(demonstration):
    outcome = series_of("PPH of 1,000 ml", "Black")
    aim = db.session.scalar(select(Aim).where(Aim.series_id == outcome.id))
    progress = progress_of(aim, outcome, TODAY)
    assert progress.state is ProgressState.IMPROVED_NOT_MET
    assert progress.is_past
    assert "3 of 6 percentage points" in progress.sentence
    assert aim_parts(aim).by == date(2025, 3, 1)


def test_the_four_cycles_stand_on_the_outcome_chart_and_the_process_rises(demonstration):
    outcome = series_of("PPH of 1,000 ml", "Black")
    marks = db.session.scalars(select(Cycle).where(Cycle.series_id == outcome.id).order_by(Cycle.number)).all()
    assert [cycle.planned_start.isoformat()[:7] for cycle in marks] == ["2024-03", "2024-05", "2024-06", "2024-09"]
    process = analysis_of(series_of("PPH risk assessment"))
    assert process.phases[0].cl < 50 < 85 < process.phases[-1].cl


def test_every_number_of_the_source_is_there(demonstration):
    counts = select(func.sum(Point.numerator), func.sum(Point.denominator), func.count())
    rows = {
        group: db.session.execute(counts.where(Point.series_id == series_of("PPH of 1,000 ml", group).id)).one()
        for group in ("Black", "White")
    }
    assert tuple(rows["Black"]) == (340, 3153, 40)
    assert tuple(rows["White"]) == (568, 11310, 40)


def test_each_project_s_history_is_in_order_and_nothing_lies_ahead(demonstration):
    for project in db.session.scalars(select(Project)):
        moments = list(db.session.scalars(select(Event.at).where(Event.project_id == project.id).order_by(Event.id)))
        assert moments == sorted(moments), project.title
        assert moments[-1].date() <= TODAY


def test_there_is_a_project_in_every_stage_one_closed_and_one_private(demonstration):
    found = db.session.scalars(select(Project)).all()
    assert {project.stage for project in found} == {"understand", "co_design", "deliver", "sustain"}
    assert any(project.closed_at for project in found)
    assert any(project.visibility is Visibility.PRIVATE for project in found)
    assert all(project.is_illustrative for project in found)


def test_a_second_start_loads_nothing_and_loses_nothing(loaded):
    url = loaded.config["SQLALCHEMY_DATABASE_URI"]
    with loaded.app_context():
        before = db.session.scalar(select(func.count()).select_from(Event))
        db.session.remove()
    again = list(prepare(settings_for(url), today=TODAY + timedelta(days=3)))
    assert not any("Loading" in line for line in again)
    assert any(line.startswith("password: ") for line in again)
    assert sum("@example.org" in line for line in again) >= 10
    with loaded.app_context():
        assert db.session.scalar(select(func.count()).select_from(Event)) == before
        db.session.remove()


def test_a_fresh_one_forgets_the_letters_of_the_one_before_and_nothing_else(tmp_path):
    folder = tmp_path / "demo-mail"
    folder.mkdir()
    for name in ("old.eml", "note.txt"):
        (folder / name).write_text("x")
    settings = replace(settings_for(f"sqlite:///{tmp_path / 'demo.db'}"), mail=Mail(folder=folder))
    assert next(prepare(settings, fresh=True, today=TODAY)) == "Loading the demonstration ..."
    assert [one.name for one in folder.iterdir()] == ["note.txt"]
