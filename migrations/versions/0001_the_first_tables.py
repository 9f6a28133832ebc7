"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_lower")),
        sa.CheckConstraint('length("email") <= 254', name=op.f("ck_person_email_length")),
        sa.CheckConstraint('length("name") <= 120', name=op.f("ck_person_name_length")),
        sa.CheckConstraint('length("password_hash") <= 200', name=op.f("ck_person_password_hash_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.CheckConstraint('length("account") <= 64', name=op.f("ck_sign_in_try_account_length")),
        sa.CheckConstraint('length("address") <= 64', name=op.f("ck_sign_in_try_address_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
    )
    with op.batch_alter_table("sign_in_try", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_try_account_at", ["account", "at"], unique=False)
        batch_op.create_index("ix_sign_in_try_address_at", ["address", "at"], unique=False)

    op.create_table(
        "unit",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "system",
                "organisation",
                "division",
                "ward",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("name") <= 120', name=op.f("ck_unit_name_length")),
        sa.CheckConstraint('length("path") <= 400', name=op.f("ck_unit_path_length")),
        sa.ForeignKeyConstraint(["organisation_id"], ["unit.id"], name=op.f("fk_unit_organisation_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_path"), ["path"], unique=False)

    op.create_table(
        "project",
        sa.Column("title", sa.String(length=90), nullable=False),
        sa.Column("problem", sa.String(length=2000), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column(
            "level",
            sa.Enum("micro", "meso", "macro", name="level", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum("open", "private", name="visibility", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("is_illustrative", sa.Boolean(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_why", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint('length("closed_why") <= 500', name=op.f("ck_project_closed_why_length")),
        sa.CheckConstraint('length("method") <= 40', name=op.f("ck_project_method_length")),
        sa.CheckConstraint('length("problem") <= 2000', name=op.f("ck_project_problem_length")),
        sa.CheckConstraint('length("stage") <= 40', name=op.f("ck_project_stage_length")),
        sa.CheckConstraint('length("title") <= 90', name=op.f("ck_project_title_length")),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_project_lead_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["unit.id"], name=op.f("fk_project_organisation_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_project_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('length("token_hash") <= 64', name=op.f("ck_sign_in_token_hash_length")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("location", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("key") <= 36', name=op.f("ck_submission_key_length")),
        sa.CheckConstraint('length("location") <= 400', name=op.f("ck_submission_location_length")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_submission_person_id")),
        sa.PrimaryKeyConstraint("key", "person_id", name=op.f("pk_submission")),
    )
    op.create_table(
        "coach_word",
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("answers_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("text") <= 2000', name=op.f("ck_coach_word_text_length")),
        sa.ForeignKeyConstraint(["answers_id"], ["coach_word.id"], name=op.f("fk_coach_word_answers_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_coach_word_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_coach_word_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_word")),
    )
    with op.batch_alter_table("coach_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coach_word_project_id"), ["project_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("noun", sa.String(length=40), nullable=False),
        sa.Column("noun_id", sa.String(length=80), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("why", sa.String(length=500), nullable=True),
        sa.CheckConstraint('length("noun") <= 40', name=op.f("ck_event_noun_length")),
        sa.CheckConstraint('length("noun_id") <= 80', name=op.f("ck_event_noun_id_length")),
        sa.CheckConstraint('length("verb") <= 40', name=op.f("ck_event_verb_length")),
        sa.CheckConstraint('length("why") <= 500', name=op.f("ck_event_why_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_event_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_event_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_noun_noun_id", ["noun", "noun_id", "id"], unique=False)
        batch_op.create_index("ix_event_project_id_at", ["project_id", "at"], unique=False)
        batch_op.create_index("ix_event_project_id_id", ["project_id", "id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("noun_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("address") <= 500', name=op.f("ck_evidence_address_length")),
        sa.CheckConstraint('length("kind") <= 20', name=op.f("ck_evidence_kind_length")),
        sa.CheckConstraint('length("step") <= 40', name=op.f("ck_evidence_step_length")),
        sa.CheckConstraint('length("words") <= 300', name=op.f("ck_evidence_words_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_evidence_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_evidence_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_project_id"), ["project_id"], unique=False)

    op.create_table(
        "idea",
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "prioritised",
                "testing",
                "adopted",
                "adapted",
                "abandoned",
                "spread",
                name="ideastatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("impact", sa.Integer(), nullable=True),
        sa.Column("effort", sa.Integer(), nullable=True),
        sa.Column("can_test_now", sa.Boolean(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("effort BETWEEN 1 AND 5", name=op.f("ck_idea_effort_range")),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("ck_idea_impact_range")),
        sa.CheckConstraint('length("text") <= 300', name=op.f("ck_idea_text_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_idea_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_idea_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_idea_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
    )
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_project_id"), ["project_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "staff",
                "team_member",
                "project_lead",
                "sponsor",
                "service_user_partner",
                "coach",
                "hub",
                "ward_manager",
                "division_lead",
                "executive",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(unit_id IS NULL) <> (project_id IS NULL)", name=op.f("ck_invitation_one_place")),
        sa.CheckConstraint('length("email") <= 254', name=op.f("ck_invitation_email_length")),
        sa.CheckConstraint('length("name") <= 120', name=op.f("ck_invitation_name_length")),
        sa.CheckConstraint('length("token_hash") <= 64', name=op.f("ck_invitation_token_hash_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_invitation_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_invitation_project_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_invitation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_email"), ["email"], unique=False)

    op.create_table(
        "measure",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "outcome",
                "process",
                "balancing",
                name="measurekind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "data_type",
            sa.Enum(
                "proportion",
                "count",
                "rate",
                "value",
                "not_sure",
                name="datatype",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "chart",
            sa.Enum("run", "i", "p", "c", "u", name="chart", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum(
                "increase",
                "decrease",
                "neutral",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "rhythm",
            sa.Enum(
                "day",
                "week",
                "fortnight",
                "month",
                "quarter",
                "none",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("multiply", sa.Double(), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.String(length=300), nullable=False),
        sa.Column("denominator", sa.String(length=300), nullable=False),
        sa.Column("inclusions", sa.String(length=1000), nullable=False),
        sa.Column("exclusions", sa.String(length=1000), nullable=False),
        sa.Column("definitions", sa.String(length=2000), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("sampling", sa.String(length=300), nullable=False),
        sa.Column("collector", sa.String(length=120), nullable=False),
        sa.Column("limits_of_data", sa.String(length=1000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("decimals BETWEEN 0 AND 4", name=op.f("ck_measure_decimals_range")),
        sa.CheckConstraint('length("collector") <= 120', name=op.f("ck_measure_collector_length")),
        sa.CheckConstraint('length("definitions") <= 2000', name=op.f("ck_measure_definitions_length")),
        sa.CheckConstraint('length("denominator") <= 300', name=op.f("ck_measure_denominator_length")),
        sa.CheckConstraint('length("exclusions") <= 1000', name=op.f("ck_measure_exclusions_length")),
        sa.CheckConstraint('length("inclusions") <= 1000', name=op.f("ck_measure_inclusions_length")),
        sa.CheckConstraint('length("limits_of_data") <= 1000', name=op.f("ck_measure_limits_of_data_length")),
        sa.CheckConstraint('length("name") <= 120', name=op.f("ck_measure_name_length")),
        sa.CheckConstraint('length("numerator") <= 300', name=op.f("ck_measure_numerator_length")),
        sa.CheckConstraint('length("sampling") <= 300', name=op.f("ck_measure_sampling_length")),
        sa.CheckConstraint('length("source") <= 300', name=op.f("ck_measure_source_length")),
        sa.CheckConstraint('length("unit") <= 40', name=op.f("ck_measure_unit_length")),
        sa.CheckConstraint("multiply > 0 AND multiply <= 1000000000000.0", name=op.f("ck_measure_multiply_range")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_measure_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_project_id"), ["project_id"], unique=False)

    op.create_table(
        "role_held",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "staff",
                "team_member",
                "project_lead",
                "sponsor",
                "service_user_partner",
                "coach",
                "hub",
                "ward_manager",
                "division_lead",
                "executive",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("profession", sa.String(length=60), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(unit_id IS NULL) <> (project_id IS NULL)", name=op.f("ck_role_held_one_place")),
        sa.CheckConstraint('length("profession") <= 60', name=op.f("ck_role_held_profession_length")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_held_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_role_held_project_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_held_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_held")),
    )
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_held_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_held_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_held_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("uq_role_held_project", ["person_id", "role", "project_id"], unique=True)
        batch_op.create_index("uq_role_held_unit", ["person_id", "role", "unit_id"], unique=True)

    op.create_table(
        "stage_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.String(length=40), nullable=False),
        sa.Column("to_stage", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=True),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("from_stage") <= 40', name=op.f("ck_stage_move_from_stage_length")),
        sa.CheckConstraint('length("to_stage") <= 40', name=op.f("ck_stage_move_to_stage_length")),
        sa.CheckConstraint('length("why") <= 500', name=op.f("ck_stage_move_why_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_stage_move_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_stage_move_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_move")),
    )
    with op.batch_alter_table("stage_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_move_project_id"), ["project_id"], unique=False)

    op.create_table(
        "step_entry",
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "not_started",
                "in_progress",
                "done",
                "not_applicable",
                name="stepstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("step") <= 40', name=op.f("ck_step_entry_step_length")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_step_entry_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_step_entry_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_entry")),
    )
    with op.batch_alter_table("step_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_entry_project_id"), ["project_id"], unique=False)
        batch_op.create_index("uq_step_entry_step", ["project_id", "step"], unique=True)

    op.create_table(
        "driver",
        sa.Column(
            "level",
            sa.Enum("primary", "secondary", name="driverlevel", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Uuid(), nullable=True),
        sa.Column("why_no_measure", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("text") <= 200', name=op.f("ck_driver_text_length")),
        sa.CheckConstraint('length("why_no_measure") <= 300', name=op.f("ck_driver_why_no_measure_length")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_driver_measure_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_driver_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver")),
    )
    with op.batch_alter_table("driver", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_driver_project_id"), ["project_id"], unique=False)

    op.create_table(
        "series",
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("target_by", sa.Date(), nullable=True),
        sa.Column("analysis", sa.Text(), nullable=True),
        sa.Column("n_points", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("variation", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("abs(target) <= 1000000000000.0", name=op.f("ck_series_target_finite")),
        sa.CheckConstraint('length("group") <= 120', name=op.f("ck_series_group_length")),
        sa.CheckConstraint('length("variation") <= 30', name=op.f("ck_series_variation_length")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_series_measure_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_series_project_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_series_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_series_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_series_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("uq_series_place_group", ["measure_id", "unit_id", "group"], unique=True)

    op.create_table(
        "aim",
        sa.Column("by_date", sa.Date(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Double(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("population", sa.String(length=200), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("abs(start) <= 1000000000000.0", name=op.f("ck_aim_start_finite")),
        sa.CheckConstraint("abs(target) <= 1000000000000.0", name=op.f("ck_aim_target_finite")),
        sa.CheckConstraint('length("population") <= 200', name=op.f("ck_aim_population_length")),
        sa.CheckConstraint('length("unit") <= 40', name=op.f("ck_aim_unit_length")),
        sa.CheckConstraint('length("what") <= 200', name=op.f("ck_aim_what_length")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_aim_project_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_aim_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aim")),
    )
    with op.batch_alter_table("aim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aim_project_id"), ["project_id"], unique=False)
        batch_op.create_index("uq_aim_project_id", ["project_id"], unique=True)

    op.create_table(
        "chart_decision",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "freeze",
                "phase",
                "leave_out",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("reason") <= 300', name=op.f("ck_chart_decision_reason_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_chart_decision_by_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_chart_decision_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chart_decision")),
    )
    with op.batch_alter_table("chart_decision", schema=None) as batch_op:
        batch_op.create_index("uq_chart_decision_on", ["series_id", "kind", "on"], unique=True)

    op.create_table(
        "cycle",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "collect_information",
                "develop",
                "test",
                "implement",
                name="cyclekind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "scale",
            sa.Enum(
                "one_patient",
                "one_shift",
                "one_day",
                "one_week",
                "one_ward",
                "all",
                name="scale",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("is_quick", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_start", sa.Date(), nullable=True),
        sa.Column("planned_end", sa.Date(), nullable=True),
        sa.Column("objective", sa.String(length=1000), nullable=False),
        sa.Column("change", sa.String(length=2000), nullable=False),
        sa.Column("who_where", sa.String(length=1000), nullable=False),
        sa.Column("data_plan", sa.String(length=1000), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("stop_rule", sa.String(length=1000), nullable=False),
        sa.Column("who_must_know", sa.String(length=500), nullable=False),
        sa.Column("started", sa.Date(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("as_planned", sa.Boolean(), nullable=True),
        sa.Column("happened", sa.String(length=4000), nullable=False),
        sa.Column("surprises", sa.String(length=2000), nullable=False),
        sa.Column("comments", sa.String(length=2000), nullable=False),
        sa.Column("findings", sa.String(length=4000), nullable=False),
        sa.Column("learnt", sa.String(length=2000), nullable=False),
        sa.Column("side_effects", sa.String(length=2000), nullable=False),
        sa.Column("studied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "adopt",
                "adapt",
                "abandon",
                "repeat",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_change", sa.String(length=2000), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("confidence BETWEEN 1 AND 5", name=op.f("ck_cycle_confidence_range")),
        sa.CheckConstraint("ended >= started", name=op.f("ck_cycle_real_order")),
        sa.CheckConstraint('length("change") <= 2000', name=op.f("ck_cycle_change_length")),
        sa.CheckConstraint('length("comments") <= 2000', name=op.f("ck_cycle_comments_length")),
        sa.CheckConstraint('length("data_plan") <= 1000', name=op.f("ck_cycle_data_plan_length")),
        sa.CheckConstraint('length("findings") <= 4000', name=op.f("ck_cycle_findings_length")),
        sa.CheckConstraint('length("happened") <= 4000', name=op.f("ck_cycle_happened_length")),
        sa.CheckConstraint('length("learnt") <= 2000', name=op.f("ck_cycle_learnt_length")),
        sa.CheckConstraint('length("next_change") <= 2000', name=op.f("ck_cycle_next_change_length")),
        sa.CheckConstraint('length("objective") <= 1000', name=op.f("ck_cycle_objective_length")),
        sa.CheckConstraint('length("side_effects") <= 2000', name=op.f("ck_cycle_side_effects_length")),
        sa.CheckConstraint('length("stop_rule") <= 1000', name=op.f("ck_cycle_stop_rule_length")),
        sa.CheckConstraint('length("surprises") <= 2000', name=op.f("ck_cycle_surprises_length")),
        sa.CheckConstraint('length("title") <= 120', name=op.f("ck_cycle_title_length")),
        sa.CheckConstraint('length("who_must_know") <= 500', name=op.f("ck_cycle_who_must_know_length")),
        sa.CheckConstraint('length("who_where") <= 1000', name=op.f("ck_cycle_who_where_length")),
        sa.CheckConstraint('length("why") <= 1000', name=op.f("ck_cycle_why_length")),
        sa.CheckConstraint("planned_end >= planned_start", name=op.f("ck_cycle_planned_order")),
        sa.ForeignKeyConstraint(["follows_id"], ["cycle.id"], name=op.f("fk_cycle_follows_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_cycle_idea_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_cycle_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_cycle_project_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_cycle_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
    )
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cycle_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cycle_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cycle_series_id"), ["series_id"], unique=False)
        batch_op.create_index("uq_cycle_number", ["project_id", "number"], unique=True)

    op.create_table(
        "driver_link",
        sa.Column("driver_id", sa.Uuid(), nullable=False),
        sa.Column("below_driver_id", sa.Uuid(), nullable=True),
        sa.Column("below_idea_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(below_driver_id IS NULL) <> (below_idea_id IS NULL)", name=op.f("ck_driver_link_one_below")
        ),
        sa.CheckConstraint("driver_id <> below_driver_id", name=op.f("ck_driver_link_not_itself")),
        sa.ForeignKeyConstraint(["below_driver_id"], ["driver.id"], name=op.f("fk_driver_link_below_driver_id")),
        sa.ForeignKeyConstraint(["below_idea_id"], ["idea.id"], name=op.f("fk_driver_link_below_idea_id")),
        sa.ForeignKeyConstraint(["driver_id"], ["driver.id"], name=op.f("fk_driver_link_driver_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_driver_link_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver_link")),
    )
    with op.batch_alter_table("driver_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_driver_link_project_id"), ["project_id"], unique=False)
        batch_op.create_index("uq_driver_link_driver", ["driver_id", "below_driver_id"], unique=True)
        batch_op.create_index("uq_driver_link_idea", ["driver_id", "below_idea_id"], unique=True)

    op.create_table(
        "note",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("changes_measurement", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("text") <= 200', name=op.f("ck_note_text_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_note_by_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_note_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_series_id"), ["series_id"], unique=False)

    op.create_table(
        "point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("numerator", sa.Double(), nullable=True),
        sa.Column("denominator", sa.Double(), nullable=True),
        sa.CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name=op.f("ck_point_both_parts")),
        sa.CheckConstraint("(value IS NULL) <> (numerator IS NULL)", name=op.f("ck_point_one_shape")),
        sa.CheckConstraint("abs(value) <= 1000000000000.0", name=op.f("ck_point_value_finite")),
        sa.CheckConstraint(
            "denominator > 0 AND denominator <= 1000000000000.0", name=op.f("ck_point_denominator_range")
        ),
        sa.CheckConstraint("numerator >= 0 AND numerator <= 1000000000000.0", name=op.f("ck_point_numerator_range")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_point_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point")),
    )
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.create_index("uq_point_on", ["series_id", "on"], unique=True)

    op.create_table(
        "upload",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint('length("name") <= 200', name=op.f("ck_upload_name_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_upload_by_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_upload_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_series_id"), ["series_id"], unique=False)

    op.create_table(
        "cycle_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("prediction", sa.String(length=500), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("right", "partly", "wrong", name="verdict", native_enum=False, create_constraint=True, length=30),
            nullable=True,
        ),
        sa.Column("saw", sa.String(length=1000), nullable=False),
        sa.CheckConstraint('length("prediction") <= 500', name=op.f("ck_cycle_question_prediction_length")),
        sa.CheckConstraint('length("question") <= 500', name=op.f("ck_cycle_question_question_length")),
        sa.CheckConstraint('length("saw") <= 1000', name=op.f("ck_cycle_question_saw_length")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_cycle_question_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_question")),
    )
    with op.batch_alter_table("cycle_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cycle_question_cycle_id"), ["cycle_id"], unique=False)

    op.create_table(
        "cycle_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.CheckConstraint('length("text") <= 300', name=op.f("ck_cycle_task_text_length")),
        sa.CheckConstraint('length("who") <= 120', name=op.f("ck_cycle_task_who_length")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_cycle_task_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_task")),
    )
    with op.batch_alter_table("cycle_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cycle_task_cycle_id"), ["cycle_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("cycle_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cycle_task_cycle_id"))

    op.drop_table("cycle_task")
    with op.batch_alter_table("cycle_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cycle_question_cycle_id"))

    op.drop_table("cycle_question")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_series_id"))

    op.drop_table("upload")
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.drop_index("uq_point_on")

    op.drop_table("point")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_series_id"))

    op.drop_table("note")
    with op.batch_alter_table("driver_link", schema=None) as batch_op:
        batch_op.drop_index("uq_driver_link_idea")
        batch_op.drop_index("uq_driver_link_driver")
        batch_op.drop_index(batch_op.f("ix_driver_link_project_id"))

    op.drop_table("driver_link")
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.drop_index("uq_cycle_number")
        batch_op.drop_index(batch_op.f("ix_cycle_series_id"))
        batch_op.drop_index(batch_op.f("ix_cycle_project_id"))
        batch_op.drop_index(batch_op.f("ix_cycle_idea_id"))

    op.drop_table("cycle")
    with op.batch_alter_table("chart_decision", schema=None) as batch_op:
        batch_op.drop_index("uq_chart_decision_on")

    op.drop_table("chart_decision")
    with op.batch_alter_table("aim", schema=None) as batch_op:
        batch_op.drop_index("uq_aim_project_id")
        batch_op.drop_index(batch_op.f("ix_aim_project_id"))

    op.drop_table("aim")
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.drop_index("uq_series_place_group")
        batch_op.drop_index(batch_op.f("ix_series_unit_id"))
        batch_op.drop_index(batch_op.f("ix_series_project_id"))
        batch_op.drop_index(batch_op.f("ix_series_measure_id"))

    op.drop_table("series")
    with op.batch_alter_table("driver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_driver_project_id"))

    op.drop_table("driver")
    with op.batch_alter_table("step_entry", schema=None) as batch_op:
        batch_op.drop_index("uq_step_entry_step")
        batch_op.drop_index(batch_op.f("ix_step_entry_project_id"))

    op.drop_table("step_entry")
    with op.batch_alter_table("stage_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_move_project_id"))

    op.drop_table("stage_move")
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.drop_index("uq_role_held_unit")
        batch_op.drop_index("uq_role_held_project")
        batch_op.drop_index(batch_op.f("ix_role_held_unit_id"))
        batch_op.drop_index(batch_op.f("ix_role_held_project_id"))
        batch_op.drop_index(batch_op.f("ix_role_held_person_id"))

    op.drop_table("role_held")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_project_id"))

    op.drop_table("measure")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_email"))

    op.drop_table("invitation")
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_project_id"))

    op.drop_table("idea")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_project_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_project_id_id")
        batch_op.drop_index("ix_event_project_id_at")
        batch_op.drop_index("ix_event_noun_noun_id")

    op.drop_table("event")
    with op.batch_alter_table("coach_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coach_word_project_id"))

    op.drop_table("coach_word")
    op.drop_table("submission")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_unit_id"))
        batch_op.drop_index(batch_op.f("ix_project_organisation_id"))

    op.drop_table("project")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_path"))
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))
        batch_op.drop_index(batch_op.f("ix_unit_organisation_id"))

    op.drop_table("unit")
    with op.batch_alter_table("sign_in_try", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_try_address_at")
        batch_op.drop_index("ix_sign_in_try_account_at")

    op.drop_table("sign_in_try")
    op.drop_table("person")
