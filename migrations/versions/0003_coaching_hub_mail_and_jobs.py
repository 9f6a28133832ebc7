"""Coaching, the hub, mail and jobs; more kinds of chart, rule sets, targets that change."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHARTS = "ck_measure_chart CHECK (chart IN ({}))"
CHARTS_BEFORE = CHARTS.format("'run', 'i', 'p', 'c', 'u'")
CHARTS_NOW = CHARTS.format("'run', 'i', 'mr', 'ip', 'xbar', 's', 'c', 'u', 'up', 'p', 'pp', 'g', 't'")
DATA = "ck_measure_datatype CHECK (data_type IN ({}))"
DATA_BEFORE = DATA.format("'proportion', 'count', 'rate', 'value', 'not_sure'")
DATA_NOW = DATA.format("'proportion', 'count', 'rate', 'value', 'several', 'between', 'not_sure'")

# Table, column, and how it is added: words that both engines understand.
COLUMNS = [
    (
        "coach_word",
        "kind",
        (
            "VARCHAR(30) DEFAULT 'advice' NOT NULL CONSTRAINT ck_coach_word_wordkind "
            "CHECK (kind IN ('advice', 'help', 'question', 'intake', 'answer'))"
        ),
    ),
    ("event", "life", 'VARCHAR(20) CONSTRAINT ck_event_life_length CHECK (length("life") <= 20)'),
    (
        "measure",
        "rules",
        (
            "VARCHAR(30) DEFAULT 'provost_murray' NOT NULL CONSTRAINT ck_measure_ruleset CHECK (rules IN "
            "('provost_murray', 'making_data_count', 'plotthedots', 'anhoej', 'western_electric', 'nelson'))"
        ),
    ),
    ("measure", "only_rises", "BOOLEAN DEFAULT FALSE NOT NULL"),
    ("project", "closing", 'VARCHAR(30) CONSTRAINT ck_project_closing_length CHECK (length("closing") <= 30)'),
    ("project", "learnt", 'VARCHAR(2000) CONSTRAINT ck_project_learnt_length CHECK (length("learnt") <= 2000)'),
    ("project", "programme_id", "{uuid} CONSTRAINT fk_project_programme_id REFERENCES programme (id)"),
    ("series", "signal_since", "DATE"),
    ("series", "is_watched", "BOOLEAN DEFAULT TRUE NOT NULL"),
    ("point", "subgroup", "TEXT"),
]

# What counted as life before events said so themselves: cycles as they were written up, decisions, steps.
LIFE = """
UPDATE event SET life = CASE
  WHEN noun = 'cycle' AND (verb = 'added' OR new LIKE '%"happened"%' OR new LIKE '%"findings"%'
    OR new LIKE '%"learnt"%' OR new LIKE '%"started"%' OR new LIKE '%"ended"%' OR new LIKE '%"decision"%') THEN 'cycle'
  WHEN noun = 'driver' AND verb = 'added' THEN 'decision'
  WHEN noun = 'idea' AND verb = 'changed' AND new LIKE '%"status"%' THEN 'decision'
  WHEN noun = 'step' THEN 'step'
END
"""
SENTENCE = "an event is never changed or removed"


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def words(how: str) -> str:
    return how.format(uuid="CHAR(32)" if is_sqlite() else "UUID")


def rewrite(table: str, changes: list[tuple[str, str]]) -> None:
    """Change the words of a table on SQLite, which can only make it anew. Every other constraint stays."""
    bind = op.get_bind()
    made = bind.scalar(sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"), {"name": table})
    indexes = bind.scalars(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :name AND sql IS NOT NULL"),
        {"name": table},
    ).all()
    changed = made
    for old, new in changes:
        if old not in changed:
            raise RuntimeError(f"{table} is not as expected: it lacks {old!r}")
        changed = changed.replace(old, new)
    start = changed.index("(")
    bind.exec_driver_sql(f'CREATE TABLE "{table}_new" {changed[start:]}')
    kept = [row[1] for row in bind.exec_driver_sql(f'PRAGMA table_info("{table}_new")')]
    names = ", ".join(f'"{name}"' for name in kept)
    bind.exec_driver_sql(f'INSERT INTO "{table}_new" ({names}) SELECT {names} FROM "{table}"')  # noqa: S608 (its own names)
    bind.exec_driver_sql(f'DROP TABLE "{table}"')
    bind.exec_driver_sql(f'ALTER TABLE "{table}_new" RENAME TO "{table}"')
    for index in indexes:
        bind.exec_driver_sql(index)


def choose(table: str, old: str, new: str) -> None:
    """Other words allowed in a column."""
    if is_sqlite():
        rewrite(table, [(old, new)])
        return
    name, check = new.split(" ", 1)
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {check}")


def mark_life() -> None:
    """Say of the events there are which show life; the one change of events there ever is."""
    if is_sqlite():
        op.execute("DROP TRIGGER event_no_update")
        op.get_bind().exec_driver_sql(LIFE)
        op.execute(
            f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    op.execute("ALTER TABLE event DISABLE TRIGGER event_no_change")
    op.execute(sa.text(LIFE))
    op.execute("ALTER TABLE event ENABLE TRIGGER event_no_change")


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("did", sa.Text(), nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.CheckConstraint('length("job") <= 40', name=op.f("ck_job_run_job_length")),
        sa.CheckConstraint('length("problem") <= 300', name=op.f("ck_job_run_problem_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
    )
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.create_index("ix_job_run_job_started_at", ["job", "started_at"], unique=False)

    op.create_table(
        "coach_absence",
        sa.Column("coach_id", sa.Uuid(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("last >= first", name=op.f("ck_coach_absence_order")),
        sa.ForeignKeyConstraint(["coach_id"], ["person.id"], name=op.f("fk_coach_absence_coach_id")),
        sa.ForeignKeyConstraint(["cover_id"], ["person.id"], name=op.f("fk_coach_absence_cover_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_absence")),
    )
    with op.batch_alter_table("coach_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coach_absence_coach_id"), ["coach_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_absence_cover_id"), ["cover_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sending_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("key") <= 120', name=op.f("ck_letter_key_length")),
        sa.CheckConstraint('length("kind") <= 20', name=op.f("ck_letter_kind_length")),
        sa.CheckConstraint('length("problem") <= 300', name=op.f("ck_letter_problem_length")),
        sa.CheckConstraint('length("subject") <= 200', name=op.f("ck_letter_subject_length")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_letter_sent_at", ["sent_at", "made_at"], unique=False)

    op.create_table(
        "mail_choice",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_choice_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_choice")),
    )
    op.create_table(
        "programme",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("name") <= 120', name=op.f("ck_programme_name_length")),
        sa.ForeignKeyConstraint(["organisation_id"], ["unit.id"], name=op.f("fk_programme_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index("uq_programme_name", ["organisation_id", "name"], unique=True)

    op.create_table(
        "rule_number",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("key") <= 60', name=op.f("ck_rule_number_key_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_rule_number_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["unit.id"], name=op.f("fk_rule_number_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_number")),
    )
    with op.batch_alter_table("rule_number", schema=None) as batch_op:
        batch_op.create_index("uq_rule_number_key", ["organisation_id", "key"], unique=True)

    op.create_table(
        "saved_view",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("name") <= 80', name=op.f("ck_saved_view_name_length")),
        sa.CheckConstraint('length("query") <= 500', name=op.f("ck_saved_view_query_length")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_view_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_person_id"), ["person_id"], unique=False)
        batch_op.create_index("uq_saved_view_name", ["person_id", "name"], unique=True)

    op.create_table(
        "trained_coach",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ended_on >= trained_on", name=op.f("ck_trained_coach_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_trained_coach_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_trained_coach_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trained_coach")),
    )
    with op.batch_alter_table("trained_coach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trained_coach_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trained_coach_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("uq_trained_coach_place", ["person_id", "unit_id"], unique=True)

    op.create_table(
        "barrier",
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("stuck_on", sa.String(length=30), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_how", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("cleared_how") <= 500', name=op.f("ck_barrier_cleared_how_length")),
        sa.CheckConstraint('length("stuck_on") <= 30', name=op.f("ck_barrier_stuck_on_length")),
        sa.CheckConstraint('length("text") <= 500', name=op.f("ck_barrier_text_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_barrier_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_barrier_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier")),
    )
    with op.batch_alter_table("barrier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barrier_project_id"), ["project_id"], unique=False)

    op.create_table(
        "hold",
        sa.Column(
            "kind",
            sa.Enum("pause", "snooze", name="holdkind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("restarts_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("why") <= 500', name=op.f("ck_hold_why_length")),
        sa.CheckConstraint("until >= since", name=op.f("ck_hold_order")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_hold_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_hold_project_id")),
        sa.ForeignKeyConstraint(["restarts_id"], ["person.id"], name=op.f("fk_hold_restarts_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_project_id"), ["project_id"], unique=False)

    op.create_table(
        "intake",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("join_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("answer") <= 20', name=op.f("ck_intake_answer_length")),
        sa.CheckConstraint('length("words") <= 500', name=op.f("ck_intake_words_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_intake_by_id")),
        sa.ForeignKeyConstraint(["join_id"], ["project.id"], name=op.f("fk_intake_join_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_intake_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_intake")),
    )
    op.create_table(
        "progress_score",
        sa.Column(
            "scorer",
            sa.Enum("team", "coach", "evidence", name="scorer", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("tenths", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("why") <= 500', name=op.f("ck_progress_score_why_length")),
        sa.CheckConstraint("tenths BETWEEN 5 AND 50 AND tenths % 5 = 0", name=op.f("ck_progress_score_half_steps")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_progress_score_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_progress_score_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_score")),
    )
    with op.batch_alter_table("progress_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_score_project_id"), ["project_id"], unique=False)
        batch_op.create_index("ix_progress_score_project_id_at", ["project_id", "at"], unique=False)

    op.create_table(
        "standing_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("code") <= 30', name=op.f("ck_standing_change_code_length")),
        sa.CheckConstraint('length("stage") <= 40', name=op.f("ck_standing_change_stage_length")),
        sa.CheckConstraint('length("state") <= 20', name=op.f("ck_standing_change_state_length")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_standing_change_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_change")),
    )
    with op.batch_alter_table("standing_change", schema=None) as batch_op:
        batch_op.create_index("ix_standing_change_on", ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_change_project_id"), ["project_id"], unique=False)
        batch_op.create_index("uq_standing_change_on", ["project_id", "on"], unique=True)

    op.create_table(
        "visit",
        sa.Column("coach_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("note") <= 1000', name=op.f("ck_visit_note_length")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_visit_minutes_range")),
        sa.ForeignKeyConstraint(["coach_id"], ["person.id"], name=op.f("fk_visit_coach_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_visit_project_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_visit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index("ix_visit_coach_id_on", ["coach_id", "on"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "coach_review",
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("going_well", sa.String(length=1000), nullable=False),
        sa.Column("stuck_on", sa.String(length=30), nullable=True),
        sa.Column("next_step", sa.String(length=500), nullable=False),
        sa.Column("next_step_owner_id", sa.Uuid(), nullable=True),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("help_wanted", sa.String(length=500), nullable=False),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("word_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("going_well") <= 1000', name=op.f("ck_coach_review_going_well_length")),
        sa.CheckConstraint('length("help_wanted") <= 500', name=op.f("ck_coach_review_help_wanted_length")),
        sa.CheckConstraint('length("next_step") <= 500', name=op.f("ck_coach_review_next_step_length")),
        sa.CheckConstraint('length("stage") <= 40', name=op.f("ck_coach_review_stage_length")),
        sa.CheckConstraint('length("stuck_on") <= 30', name=op.f("ck_coach_review_stuck_on_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_coach_review_by_id")),
        sa.ForeignKeyConstraint(["next_step_owner_id"], ["person.id"], name=op.f("fk_coach_review_next_step_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_coach_review_project_id")),
        sa.ForeignKeyConstraint(["word_id"], ["coach_word.id"], name=op.f("fk_coach_review_word_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_review")),
    )
    with op.batch_alter_table("coach_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coach_review_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coach_review_project_id"), ["project_id"], unique=False)
        batch_op.create_index("ix_coach_review_project_id_at", ["project_id", "at"], unique=False)

    op.create_table(
        "standing",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=60), nullable=False),
        sa.Column("hidden_until", sa.Date(), nullable=True),
        sa.Column("last_life", sa.Date(), nullable=True),
        sa.Column("suggested", sa.Integer(), nullable=True),
        sa.Column("team_score", sa.Integer(), nullable=True),
        sa.Column("coach_score", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("variation", sa.String(length=30), nullable=False),
        sa.Column("last_review", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.CheckConstraint('length("code") <= 30', name=op.f("ck_standing_code_length")),
        sa.CheckConstraint('length("sentence") <= 300', name=op.f("ck_standing_sentence_length")),
        sa.CheckConstraint('length("state") <= 20', name=op.f("ck_standing_state_length")),
        sa.CheckConstraint('length("told") <= 60', name=op.f("ck_standing_told_length")),
        sa.CheckConstraint('length("variation") <= 30', name=op.f("ck_standing_variation_length")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_standing_project_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_standing_series_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_standing")),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standing_state"), ["state"], unique=False)
        batch_op.create_index("ix_standing_weight", ["weight"], unique=False)

    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.CheckConstraint("abs(value) <= 1000000000000.0", name=op.f("ck_target_value_finite")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_target_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index("uq_target_on", ["series_id", "on"], unique=True)

    for table, column, how in COLUMNS:
        op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {column} {words(how)}"))
    op.create_index("ix_project_programme_id", "project", ["programme_id"])
    op.create_index("ix_event_project_id_life_at", "event", ["project_id", "life", "at"])
    choose("measure", CHARTS_BEFORE, CHARTS_NOW)
    choose("measure", DATA_BEFORE, DATA_NOW)
    op.execute("UPDATE coach_word SET kind = 'answer' WHERE answers_id IS NOT NULL")
    mark_life()
    # Projects from before there was an intake do not wait for an answer.
    op.execute(
        "INSERT INTO intake (project_id, answer, words, at) SELECT id, 'welcome', '', registered_at FROM project"
    )


def downgrade() -> None:
    # What the older program cannot draw becomes a run chart; what it cannot ask is not sure.
    op.execute("UPDATE measure SET chart = 'run' WHERE chart NOT IN ('run', 'i', 'p', 'c', 'u')")
    op.execute("UPDATE measure SET data_type = 'not_sure' WHERE data_type IN ('several', 'between')")
    choose("measure", CHARTS_NOW, CHARTS_BEFORE)
    choose("measure", DATA_NOW, DATA_BEFORE)
    op.drop_index("ix_project_programme_id", "project")
    op.drop_index("ix_event_project_id_life_at", "event")
    for table, column, how in reversed(COLUMNS):
        if is_sqlite() and column == "programme_id":  # SQLite does not drop a column with a foreign key
            rewrite(table, [(f", {column} {words(how)}", "")])
        else:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.drop_index("uq_target_on")

    op.drop_table("target")
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.drop_index("ix_standing_weight")
        batch_op.drop_index(batch_op.f("ix_standing_state"))

    op.drop_table("standing")
    with op.batch_alter_table("coach_review", schema=None) as batch_op:
        batch_op.drop_index("ix_coach_review_project_id_at")
        batch_op.drop_index(batch_op.f("ix_coach_review_project_id"))
        batch_op.drop_index(batch_op.f("ix_coach_review_by_id"))

    op.drop_table("coach_review")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_unit_id"))
        batch_op.drop_index(batch_op.f("ix_visit_project_id"))
        batch_op.drop_index("ix_visit_coach_id_on")

    op.drop_table("visit")
    with op.batch_alter_table("standing_change", schema=None) as batch_op:
        batch_op.drop_index("uq_standing_change_on")
        batch_op.drop_index(batch_op.f("ix_standing_change_project_id"))
        batch_op.drop_index("ix_standing_change_on")

    op.drop_table("standing_change")
    with op.batch_alter_table("progress_score", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_score_project_id_at")
        batch_op.drop_index(batch_op.f("ix_progress_score_project_id"))

    op.drop_table("progress_score")
    op.drop_table("intake")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_project_id"))

    op.drop_table("hold")
    with op.batch_alter_table("barrier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_barrier_project_id"))

    op.drop_table("barrier")
    with op.batch_alter_table("trained_coach", schema=None) as batch_op:
        batch_op.drop_index("uq_trained_coach_place")
        batch_op.drop_index(batch_op.f("ix_trained_coach_unit_id"))
        batch_op.drop_index(batch_op.f("ix_trained_coach_person_id"))

    op.drop_table("trained_coach")
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.drop_index("uq_saved_view_name")
        batch_op.drop_index(batch_op.f("ix_saved_view_person_id"))

    op.drop_table("saved_view")
    with op.batch_alter_table("rule_number", schema=None) as batch_op:
        batch_op.drop_index("uq_rule_number_key")

    op.drop_table("rule_number")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index("uq_programme_name")

    op.drop_table("programme")
    op.drop_table("mail_choice")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_sent_at")
        batch_op.drop_index(batch_op.f("ix_letter_person_id"))

    op.drop_table("letter")
    with op.batch_alter_table("coach_absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coach_absence_cover_id"))
        batch_op.drop_index(batch_op.f("ix_coach_absence_coach_id"))

    op.drop_table("coach_absence")
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.drop_index("ix_job_run_job_started_at")

    op.drop_table("job_run")
