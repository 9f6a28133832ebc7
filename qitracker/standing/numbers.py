"""The numbers of the rules as each organisation has set them."""

import logging
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select

from qitracker.method.stalled.setting_rows import ROWS
from qitracker.method.stalled.settings import DEFAULTS, Settings
from qitracker.models import RuleNumber, db

log = logging.getLogger("qitracker")
KEYS = {row.key for row in ROWS}


def settings_of(organisations: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Settings]:
    """The settings of each organisation, the defaults where it has set nothing. One query."""
    own: dict[uuid.UUID, dict[str, float]] = defaultdict(dict)
    rows = select(RuleNumber.organisation_id, RuleNumber.key, RuleNumber.value)
    for organisation, key, value in db.session.execute(rows.where(RuleNumber.organisation_id.in_(organisations))):
        if key in KEYS:  # a number that a newer version no longer has says nothing
            own[organisation][key] = value
    return {organisation: _settings(organisation, own[organisation]) for organisation in organisations}


def _settings(organisation: uuid.UUID, own: Mapping[str, float]) -> Settings:
    """Numbers that do not go together, after a new version moved a bound, give way to the defaults."""
    try:
        return Settings(own) if own else DEFAULTS
    except ValueError as problem:
        log.warning("rule numbers of organisation %s are not used: %s", organisation, problem)
        return DEFAULTS
