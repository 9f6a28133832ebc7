"""One of everything inside a project, for the tests that try every address."""

import uuid
from datetime import date

from qitracker.measures.analysing import analyse_again
from qitracker.method.cycles import CycleKind
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.models import (
    Barrier,
    ChartDecision,
    CoachAbsence,
    CoachWord,
    Cycle,
    DecisionKind,
    Driver,
    DriverLevel,
    Evidence,
    Idea,
    Level,
    Measure,
    Note,
    Point,
    Project,
    RoleHeld,
    Series,
    Target,
    TrainedCoach,
    Upload,
    Visibility,
    Visit,
    WordKind,
    db,
)
from qitracker.plumbing import clock, history
from qitracker.spc import Chart, Direction


def ids_for(world, project, canary="Thing"):
    """Ids by the names that addresses use; what the text of each thing holds is `canary`."""
    now = clock.now()
    of = {"project_id": project.id}
    lead = world.lead
    idea = Idea(**of, text=f"{canary} idea", by_id=lead.id, at=now)
    measure = Measure(
        **of, name=f"{canary} measure", kind=MeasureKind.OUTCOME, data_type=DataType.VALUE, chart=Chart.I,
        direction=Direction.DECREASE, rhythm=Rhythm.MONTH, unit="minutes", made_at=now,
    )  # fmt: skip
    db.session.add_all([idea, measure])
    db.session.flush()
    series = Series(
        **of, measure_id=measure.id, unit_id=world.ward18.id, group=f"{canary} group {uuid.uuid4().hex[:6]}"
    )
    number = db.session.query(Cycle).filter_by(project_id=project.id).count() + 1
    cycle = Cycle(**of, number=number, idea_id=idea.id, title=f"{canary} cycle", kind=CycleKind.TEST, made_at=now)
    driver = Driver(**of, level=DriverLevel.PRIMARY, text=f"{canary} driver")
    evidence = Evidence(**of, step="focus", kind="note", words=f"{canary} evidence", by_id=lead.id, at=now)
    word = CoachWord(**of, by_id=lead.id, at=now, text=f"{canary} word")
    asked = CoachWord(**of, by_id=lead.id, at=now, text=f"{canary} question", kind=WordKind.QUESTION)
    barrier = Barrier(**of, text=f"{canary} barrier", by_id=lead.id, at=now)
    db.session.add_all([series, cycle, driver, evidence, word, asked, barrier])
    db.session.flush()
    point = Point(series_id=series.id, on=date(2025, 9, 1), value=7.0)
    decision = ChartDecision(
        series_id=series.id,
        kind=DecisionKind.PHASE,
        on=date(2025, 9, 1),
        reason=f"{canary} reason",
        by_id=lead.id,
        at=now,
    )
    note = Note(series_id=series.id, on=date(2025, 9, 1), text=f"{canary} note", by_id=lead.id, at=now)
    upload = Upload(series_id=series.id, by_id=lead.id, at=now, name=f"{canary}.csv", grid=[["2025-08", "5"]])
    target = Target(series_id=series.id, on=date(2025, 9, 1), value=5.0)
    db.session.add_all([point, decision, note, upload, target])
    analyse_again(series)
    event = history.record(
        "added", "point", f"{series.id}/2025-09-01", by=lead, project_id=project.id, new={"value": 7.0}
    )
    away = CoachAbsence(coach_id=world.coach.id, cover_id=world.hub.id, first=now.date(), last=now.date(), at=now)
    visit = Visit(
        coach_id=world.coach.id, unit_id=world.ward18.id, project_id=project.id, on=now.date(), note=canary, at=now
    )
    trained = TrainedCoach(person_id=world.coach.id, unit_id=world.ward21.id, trained_on=now.date())
    if not db.session.query(TrainedCoach).filter_by(person_id=world.coach.id, unit_id=world.ward21.id).count():
        db.session.add(trained)
    db.session.add_all([away, visit])
    db.session.flush()
    nobodys = Project(
        title="Nobody leads it", problem="Any", unit_id=world.ward18.id, organisation_id=world.hospital.id,
        level=Level.MICRO, method="lancashire", stage="understand", visibility=Visibility.PRIVATE, registered_at=now,
    )  # fmt: skip
    db.session.add(nobodys)
    held = db.session.query(RoleHeld).filter_by(project_id=project.id, person_id=world.partner.id).first()
    on_unit = db.session.query(RoleHeld).filter_by(person_id=world.staff.id).first()
    db.session.commit()
    return {
        "project_id": project.id,
        "idea_id": idea.id,
        "measure_id": measure.id,
        "series_id": series.id,
        "cycle_id": cycle.id,
        "driver_id": driver.id,
        "evidence_id": evidence.id,
        "barrier_id": barrier.id,
        "absence_id": away.id,
        "visit_id": visit.id,
        "trained_id": db.session.query(TrainedCoach.id).filter_by(unit_id=world.ward21.id).scalar(),
        "word_id": word.id,
        ("coaching.reply", "word_id"): asked.id,
        "decision_id": decision.id,
        "note_id": note.id,
        "target_id": target.id,
        "upload_id": upload.id,
        "event_id": event.id,
        "on": "2025-09-01",
        "step": "focus",
        "to": "co_design",
        "token": "no-such-token",
        "leaderless_id": nobodys.id,
        "held_id": held.id if held else uuid.uuid4(),
        ("hub.flow_chart", "name"): "coaching",
        ("administration.end", "held_id"): on_unit.id,
        ("administration.leaver", "held_id"): on_unit.id,
        ("administration.new_password", "held_id"): on_unit.id,
    }
