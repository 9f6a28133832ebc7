"""Since when a chart shows the gain its finding speaks of, so that lists also know of a gain that has its own phase."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("series", sa.Column("gain_since", sa.Date(), nullable=True))
    # Until `qitracker rebuild` has read each chart again, the gain of a signal that is still there is known.
    op.execute("UPDATE series SET gain_since = signal_since WHERE variation IN ('improvement_high', 'improvement_low')")


def downgrade() -> None:
    op.drop_column("series", "gain_since")
