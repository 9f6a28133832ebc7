"""What flow counts of each open project, kept with its standing: an outcome measure, and when a number is due next."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE standing ADD COLUMN has_outcome BOOLEAN DEFAULT FALSE NOT NULL")
    op.execute("ALTER TABLE standing ADD COLUMN next_due DATE")


def downgrade() -> None:
    op.execute("ALTER TABLE standing DROP COLUMN next_due")
    op.execute("ALTER TABLE standing DROP COLUMN has_outcome")
