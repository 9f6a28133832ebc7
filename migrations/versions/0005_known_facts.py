"""What is known of a project beside its numbers, kept with its standing; whether its team is due to give a score."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_facts",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_known_facts_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_known_facts")),
    )
    op.execute("ALTER TABLE standing ADD COLUMN asks_score BOOLEAN DEFAULT FALSE NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE standing DROP COLUMN asks_score")
    op.drop_table("known_facts")  # worked out, never typed: the next write or night makes it again
