"""The numbers of the rules as an organisation has set them."""

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import select

from qitracker.method.stalled.settings import DEFAULTS, Settings
from qitracker.models import RuleNumber, db


def settings_for(organisations: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Settings]:
    """One query. An organisation that has set nothing has the defaults."""
    own: dict[uuid.UUID, dict[str, float]] = {organisation: {} for organisation in organisations}
    rows = select(RuleNumber.organisation_id, RuleNumber.key, RuleNumber.value)
    for organisation, key, value in db.session.execute(rows.where(RuleNumber.organisation_id.in_(organisations))):
        if key in DEFAULTS:
            own[organisation][key] = value
    return {organisation: Settings(values) if values else DEFAULTS for organisation, values in own.items()}


def settings_of(organisation_id: uuid.UUID) -> Settings:
    """The same for one."""
    return settings_for({organisation_id})[organisation_id]
